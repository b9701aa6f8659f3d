import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { linesOf } from '../support/import-lines.ts';
import {
  NTREX_SECTIONS,
  NTREX_SOURCE,
  ntrexArticles,
  ntrexDocuments,
  readNtrexStories,
  type NtrexArticle,
  type NtrexEdition,
  type NtrexStory,
} from '../support/ntrex-documents.ts';
import { runQuery } from '../support/run-query.ts';
import { findShared, PROJECT_ROOT, sharedPath } from '../support/shared.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const EDITIONS = ['en', 'ar', 'es'] as const;
const nfc = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();

interface ReadArticle {
  readonly id: string;
  readonly slug: string;
  readonly url: string;
  readonly headline: string;
  readonly bodyText: string;
  readonly translations: readonly { readonly id: string; readonly headline: string }[];
}

const FIELDS = 'id slug url headline bodyText translations { id headline edition { code } }';

describe('eighty real stories, each in three languages', () => {
  let app: TestApp | undefined;
  let stories: readonly NtrexStory[] = [];
  const folder = findShared(PROJECT_ROOT);
  beforeAll(async () => {
    if (folder === null) return;
    stories = readNtrexStories(`${folder}/data/news/ntrex-news.json`);
    app = await createTestApp({ isEmpty: true, clock: { now: () => Date.UTC(2026, 10, 23, 12) } });
    const { database, config } = app;
    const dependencies = { database, editions: config.editions, clock: { now: () => Date.UTC(2026, 10, 23, 12) } };
    const { bad } = await importDocuments(dependencies, linesOf(ntrexDocuments(stories)), { source: NTREX_SOURCE });
    if (bad[0] !== undefined) throw new Error(bad[0].reason);
    await app.changes.step();
  });
  afterAll(() => app?.close());

  const read = async (query: string, variables: object = {}) => {
    if (app === undefined) throw new Error('nothing was imported');
    const { data, errors } = await runQuery(app, query, { ...variables });
    expect(errors).toEqual([]);
    return data;
  };
  const storyOf = ({ sourceId }: NtrexArticle): NtrexStory => {
    const found = stories.find(({ id }) => id === sourceId);
    if (found === undefined) throw new Error(`no story ${sourceId}`);
    return found;
  };
  /** Headline, text and counterparts of `article` are those of the input, and it has the input's own id. */
  const expectWhole = (found: ReadArticle, article: NtrexArticle, edition: NtrexEdition): void => {
    const story = storyOf(article);
    const idIn = (code: NtrexEdition): string => idOf.article(code.toUpperCase() as 'EN', NTREX_SOURCE, story.id);
    expect({ ...found, headline: nfc(found.headline), bodyText: nfc(found.bodyText) }).toEqual({
      id: idIn(edition),
      slug: article.slug.normalize('NFC'),
      url: expect.stringMatching(/^https:\/\/news\.example\/[a-z]{2}\/[\w%.~!'()*/-]+$/),
      headline: nfc(story[edition].title),
      bodyText: nfc(story[edition].paragraphs.join(' ')),
      translations: EDITIONS.filter((other) => other !== edition).map((other) => ({
        id: idIn(other),
        headline: nfc(story[other].title),
        edition: { code: other.toUpperCase() },
      })),
    });
    expect(found.headline).toBe(found.headline.normalize('NFC'));
    expect(found.bodyText).toBe(found.bodyText.normalize('NFC'));
  };

  it('were brought along', (test) => {
    sharedPath(test, 'data/news/ntrex-news.json');
    expect(stories).toHaveLength(80);
  });

  describe.each(EDITIONS)('%s', (edition) => {
    const code = edition.toUpperCase();

    it('by section: each listing paged to its end has its own, newest first, and all of them together are all', async (test) => {
      sharedPath(test, 'data/news/ntrex-news.json');
      const articles = ntrexArticles(stories, edition);
      const seen: string[] = [];
      for (const [path] of NTREX_SECTIONS[edition]) {
        const found: ReadArticle[] = [];
        let after: string | null = null;
        do {
          const { edition: desk } = await read(
            `query ($code: EditionCode!, $path: String!, $after: String) {
              edition(code: $code) { section(path: $path) { articles(first: 7, after: $after) {
                totalCount nodes { ${FIELDS} } pageInfo { hasNextPage endCursor }
              } } }
            }`,
            { code, path, after },
          );
          const { nodes, pageInfo, totalCount } = desk.section.articles;
          expect(totalCount).toBe(20);
          found.push(...nodes);
          after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        } while (after !== null);
        const expected = articles.filter(({ section }) => section === path).toReversed();
        expect(found.map(({ slug }) => slug)).toEqual(expected.map(({ slug }) => slug.normalize('NFC')));
        found.forEach((each, index) => expectWhole(each, expected[index] as NtrexArticle, edition));
        seen.push(...found.map(({ id }) => id));
      }
      expect(new Set(seen).size).toBe(80);
    });

    it('by slug, by address and by route, and from each counterpart', async (test) => {
      sharedPath(test, 'data/news/ntrex-news.json');
      for (const article of ntrexArticles(stories, edition)) {
        const { edition: desk } = await read(
          `query ($code: EditionCode!, $slug: String!) { edition(code: $code) { article(slug: $slug) { ${FIELDS} } } }`,
          { code, slug: article.slug },
        );
        const bySlug: ReadArticle = desk.article;
        expectWhole(bySlug, article, edition);
        const { articleByUrl, route, decoded, ...counterparts } = await read(
          `query ($url: URL!, $decoded: URL!, $code: EditionCode!) {
            articleByUrl(url: $url) { ${FIELDS} }
            decoded: articleByUrl(url: $decoded) { id }
            route(url: $url) { status url node { id } }
            ${bySlug.translations.map(({ id }, index) => `t${index}: article(id: "${id}") { translation(edition: $code) { id } translations { id } }`).join('\n')}
          }`,
          { url: bySlug.url, decoded: `${decodeURI(bySlug.url).normalize('NFD')}/`, code },
        );
        expect(articleByUrl).toEqual(bySlug);
        expect(decoded).toEqual({ id: bySlug.id });
        expect(route).toEqual({ status: 'FOUND', url: bySlug.url, node: { id: bySlug.id } });
        for (const { translation, translations } of Object.values(counterparts) as {
          translation: object;
          translations: readonly object[];
        }[]) {
          expect(translation).toEqual({ id: bySlug.id });
          expect(translations).toContainEqual({ id: bySlug.id });
        }
      }
    });

    it('by a search for the words of its headline', async (test) => {
      sharedPath(test, 'data/news/ntrex-news.json');
      let found = 0;
      for (const { headline, slug } of ntrexArticles(stories, edition)) {
        const query = headline.replaceAll(/["“”]/g, ' ').slice(0, 200);
        const { edition: desk } = await read(
          'query ($code: EditionCode!, $query: String!) { edition(code: $code) { search(query: $query, first: 3) { nodes { slug } } } }',
          { code, query },
        );
        if (desk.search.nodes.some((node: { slug: string }) => node.slug === slug.normalize('NFC'))) found += 1;
      }
      // A headline with a minus before a word excludes it, and one of stop words alone finds nothing.
      expect(found).toBeGreaterThanOrEqual(72);
    });
  });
});
