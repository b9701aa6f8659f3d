import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runQuery } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { placeOf } from './lost-paths.ts';
import { DEMO_EDITIONS, DEMO_VARIABLES, readOperation } from './operations.ts';

/** The places of `value` that hold nothing: null, an empty list or an empty text. */
const emptyPlaces = (value: unknown, path: readonly (string | number)[] = []): readonly string[] => {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return [placeOf(path)];
  if (typeof value !== 'object' || value === undefined) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry] as const)
    : Object.entries(value);
  return entries.flatMap(([step, inner]) => emptyPlaces(inner, [...path, step]));
};

/** What is empty on a page with everything on it, and why that is right. */
const EMPTY_BY_NATURE: Readonly<Record<string, string>> = {
  'edition.navigation[].section': 'LIVE leads to the stream, not to a section',
  'edition.navigation[].children': 'Videos, Infographs, In Pictures and LIVE have nothing below them',
  'edition.article.breadcrumbs[].section': 'the first step is the front page, the last the article',
};

describe('the article page of the demo newsroom', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it.each(DEMO_EDITIONS)('%s: every element of the page is there', async (code) => {
    const { data, errors } = await runQuery(app, readOperation('article-page'), DEMO_VARIABLES[code]['article-page']);
    expect(errors).toEqual([]);
    const empty = [...new Set(emptyPlaces(data))];
    expect(empty.filter((place) => !(place in EMPTY_BY_NATURE))).toEqual([]);

    const { navigation, article, trending, mostRead } = data.edition;
    // Exactly those, and no more of the same place than its reason covers.
    expect(navigation.filter(({ section }: { section: unknown }) => section === null)).toHaveLength(1);
    expect(navigation.filter(({ children }: { children: readonly unknown[] }) => children.length === 0)).toHaveLength(
      4,
    );
    const steps: readonly { section: unknown }[] = article.breadcrumbs;
    expect(steps.map(({ section }) => section === null)).toEqual([true, ...steps.slice(2).map(() => false), true]);

    expect(data.editions).toHaveLength(3);
    expect(navigation.at(-1).live).toBe(true);
    expect(trending).toHaveLength(5);
    expect(mostRead).toHaveLength(5);
    expect(article.related.length).toBeGreaterThanOrEqual(1);
    expect(article.translations).toHaveLength(2);
    expect(article.tags.length).toBeGreaterThanOrEqual(5);
    expect(article.engagement.shares).toBeGreaterThan(0);
    expect(article.engagement.views).toBeGreaterThan(0);
    const blocks: readonly { readonly __typename: string; readonly article?: object }[] = article.body;
    expect([...new Set(blocks.map(({ __typename }) => __typename))].toSorted()).toEqual([
      'Embed',
      'Figure',
      'Heading',
      'HtmlBlock',
      'ListBlock',
      'Paragraph',
      'Quote',
      'ReadMore',
    ]);
  });

  it.each(DEMO_EDITIONS)('%s: the front page is as full', async (code) => {
    const { data, errors } = await runQuery(app, readOperation('front-page'), DEMO_VARIABLES[code]['front-page']);
    expect(errors).toEqual([]);
    const empty = [...new Set(emptyPlaces(data))];
    const allowed = new Set([
      'edition.navigation[].children',
      // Agency copy and letters are signed by nobody; not every picture has a caption of its own.
      'edition.articles.nodes[].authors',
      'edition.sections[].articles.nodes[].authors',
    ]);
    expect(empty.filter((place) => !allowed.has(place))).toEqual([]);
  });
});
