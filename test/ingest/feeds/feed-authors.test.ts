import { describe, expect, it } from 'vitest';
import { readForeign } from '../../support/foreign-rig.ts';
import { growthOf } from '../../support/growth.ts';
import { atom, item, rss } from './feed-samples.ts';

const people = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `Ana ${index}`);
const creators = (names: readonly string[]): string =>
  names.map((name) => `<core:creator>${name}</core:creator>`).join('');

describe('authors of a story', () => {
  it('are the first fifty, and the others are reported as dropped', async () => {
    const entry = people(60).map((name) => `<author><name>${name}</name></author>`);
    const json = {
      version: 'https://jsonfeed.org/version/1.1',
      language: 'en',
      items: [{ id: 1, title: 'T', date_published: '2026-11-20', authors: people(60).map((name) => ({ name })) }],
    };
    for (const [text, field] of [
      [rss(item(creators(people(60)))), 'item/dc:creator'],
      [
        atom(`<entry><id>1</id><title>T</title><updated>2026-11-20</updated>${entry.join('')}</entry>`),
        'atom:entry/atom:author/atom:name',
      ],
      [JSON.stringify(json), 'items[].authors[].name'],
    ] as const) {
      const { articles, fields } = await readForeign(text);
      expect(articles[0]?.authors).toHaveLength(50);
      expect(fields.mapped).toContainEqual({ field, to: 'authors, byline', count: 50 });
      expect(fields.dropped).toContainEqual({ field, count: 10 });
    }
  });

  it('stand once in the byline, decoded once, without what names nobody', async () => {
    const names = ['Mar&iacute;a &amp;amp; Jos&eacute;', 'By Ana', 'Ana', '…', `&lt;a@b.example&gt; Eva`];
    const { articles, fields } = await readForeign(rss(item(creators(names))));
    expect(articles[0]?.byline).toBe('María & José, Ana, Eva');
    expect(fields.dropped).toEqual([{ field: 'item/dc:creator', count: 1 }]);
  });

  it.each([
    ['signs of an address', ''],
    ['an address in brackets that never ends', '&lt;'],
  ])('cost work that grows with the length of the name alone: %s', async (_name, opening) => {
    const read = (size: number) =>
      readForeign(rss(item(`${creators([opening + '@'.repeat(size)])}<author>x</author>`)));
    const { articles, fields } = await read(20_000);
    expect(articles[0]?.byline).toBeUndefined();
    expect(fields.dropped).toContainEqual({ field: 'item/dc:creator', count: 1 });
    expect(await growthOf(20_000, read)).toBeLessThan(3);
  });
});
