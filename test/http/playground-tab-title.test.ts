import { describe, expect, it } from 'vitest';
import { tabTitle } from '../../src/http/playground/tab-title.ts';

describe('tabTitle', () => {
  it('tells the three editions of one page apart', () => {
    const titles = ['EN', 'AR', 'ES'].map((edition) =>
      tabTitle({ operationName: 'ArticlePage', variables: JSON.stringify({ edition, slug: 's' }) }),
    );
    expect(titles).toEqual(['Article page · EN', 'Article page · AR', 'Article page · ES']);
  });

  it('spells out whatever a visitor calls an operation', () => {
    expect(tabTitle({ operationName: 'search', variables: null })).toBe('search');
    expect(tabTitle({ operationName: 'Top_10Stories', variables: '' })).toBe('Top 10 stories');
  });

  it('says that an operation without a name is new', () => {
    expect(tabTitle({ operationName: null, variables: null })).toBe('New query');
    expect(tabTitle({ operationName: '', variables: '{ "edition": "AR" }' })).toBe('New query · AR');
  });

  it.each(['{ "edition": ', '[]', 'null', '"EN"', '{ "edition": 3 }', '{ "edition": "" }', '{}'])(
    'leaves the edition out while the variables are %s',
    (variables) => {
      expect(tabTitle({ operationName: 'FrontPage', variables })).toBe('Front page');
    },
  );
});
