import { describe, expect, it } from 'vitest';
import type { BodyBlock } from '../../src/content/body.ts';
import { createLocator } from '../../src/content/addresses.ts';
import type { Article } from '../../src/content/entities.ts';
import { createArticle } from '../content/create-article.ts';
import { createEdition } from '../content/create-edition.ts';
import { readBlocks } from '../../src/loaders/read-blocks.ts';
import type { Reading } from '../../src/loaders/reading.ts';
import { byIdsOf, createHandLoaders, createHandStores, type HandStores } from './hand-stores.ts';

const english = createEdition('EN', { url: 'https://news.example/en' });
const own = createArticle({ slug: 'own' });

/** What readers get of `blocks`, of the article `own`, when these articles stand at their paths. */
const read = async (
  blocks: readonly BodyBlock[],
  standing: readonly Article[] = [],
  byAddresses?: NonNullable<HandStores['articles']>['byAddresses'],
) => {
  const stores = createHandStores({
    articles: {
      byIds: byIdsOf([own]),
      bodies: async () => [{ id: own.id, blocks }],
      byAddresses:
        byAddresses ??
        (async (addresses) =>
          addresses.flatMap((address) =>
            standing
              .filter(({ path }) => path === address.value)
              .map((article) => ({ address, article, isCurrent: true })),
          )),
    },
  });
  const { loaders, recorder } = createHandLoaders(() => stores, { now: 1_000 });
  const reading: Reading = {
    loaders,
    recorder,
    editions: { all: [english], get: () => english, locate: createLocator([english]) },
    now: 1_000,
    isTextAsked: false,
    publicUrl: 'https://gateway.example',
  };
  return { blocks: await readBlocks(own, reading), recorder };
};
const readMore = (url: string): BodyBlock => ({
  type: 'ReadMore',
  html: `<p><a href="${url}">label</a></p>`,
  label: 'label',
  url,
});

describe('readBlocks', () => {
  it('makes every address in a block absolute, in lists too', async () => {
    const { blocks } = await read([
      { type: 'Paragraph', html: '<p><a href="/x">x</a></p>', text: 'x' },
      {
        type: 'ListBlock',
        html: '<ul><li><a href="/x">x</a></li></ul>',
        ordered: false,
        items: [{ html: '<a href="/x">x</a>', text: 'x' }],
      },
    ]);
    expect(blocks).toMatchObject([
      { html: '<p><a href="https://news.example/en/x">x</a></p>' },
      {
        html: '<ul><li><a href="https://news.example/en/x">x</a></li></ul>',
        items: [{ html: '<a href="https://news.example/en/x">x</a>' }],
      },
    ]);
  });

  it('keeps a "read more" of ours that may be seen, with its address absolute', async () => {
    const other = createArticle({ slug: 'other', path: 'news/other' });
    const { blocks } = await read([readMore('/news/other')], [other]);
    expect(blocks).toMatchObject([{ type: 'ReadMore', url: 'https://news.example/en/news/other', edition: 'EN' }]);
  });

  it.each([
    ['was withdrawn', { withdrawnAt: 1 }],
    ['is not out yet', { publishedAt: 2_000 }],
  ])('drops a "read more" to an article that %s, and records it', async (_, rest) => {
    const other = createArticle({ slug: 'other', path: 'news/other', ...rest });
    const { blocks, recorder } = await read([readMore('/news/other')], [other]);
    expect(blocks).toEqual([]);
    expect([...recorder.tags]).toContain('url:en:news/other');
    expect([...recorder.tags]).toContain(`article:${other.id}`);
    expect(recorder.isComplete()).toBe(true);
  });

  it.each(['https://elsewhere.example/a', 'https://news.example/en/a-section', 'https://news.example/fr/a'])(
    'keeps a "read more" to %s, which is no article of ours',
    async (url) => {
      expect((await read([readMore(url)])).blocks).toMatchObject([{ url }]);
    },
  );

  it('leaves a "read more" out when nobody can say whether it was withdrawn, and does not keep the answer', async () => {
    const paragraph = { type: 'Paragraph', html: '<p>a</p>', text: 'a' } as const;
    const { blocks, recorder } = await read([paragraph, readMore('/news/other')], [], () =>
      Promise.reject(new Error('away')),
    );
    expect(blocks).toEqual([paragraph]);
    expect(recorder.isComplete()).toBe(false);
  });
});
