import type { Instant } from '../../clock.ts';
import type { ArticleBody } from '../../content/body.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Article } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { ArticleStore } from '../article-store.ts';
import { hideStory, isStricter, joinStory } from './join-story.ts';
import { lookAgainAtOf, readStories, type FoundStory, type ReadStoriesOptions } from './read-stories.ts';

export interface IndexedArticleStoreOptions extends ReadStoriesOptions {
  /** Of the gateway's own database, which holds what is known of the stories. */
  readonly index: ArticleStore;
  /** The one edition whose stories the source holds. */
  readonly edition: EditionCode;
}

/**
 * Articles whose stories another system holds: the index says which, in what order and how many, and each is shown as
 * the source tells it. A call is one of the index, and one of the source for all stories on it.
 *
 * Where they disagree nothing is shown that either has taken back (decision 19): a story that the source does not have
 * is gone, and of its rights the stricter hold.
 */
export const createIndexedArticleStore = (options: IndexedArticleStoreOptions): ArticleStore => {
  const { index, edition, clock } = options;

  const show = (article: Article, found: FoundStory | undefined, now: Instant): Article => {
    if (found === undefined) return article;
    if (found.told === null) return hideStory(article, now, lookAgainAtOf(options));
    const joined = joinStory(article, found.told.reading, now);
    return found.doubt === 'older' ? { ...joined, lookAgainAt: lookAgainAtOf(options) } : joined;
  };

  /** Each of `articles` as its source tells it. */
  const showAll = async (articles: readonly Article[], now: Instant): Promise<ReadonlyMap<ArticleId, Article>> => {
    const found = await readStories(options, articles, { now, withHtml: false });
    return new Map(articles.map((article) => [article.id, show(article, found.get(article.id), now)]));
  };

  const showPages = async <Page extends { readonly articles: readonly Article[] }>(
    pages: readonly Page[],
    now: Instant,
  ): Promise<readonly Page[]> => {
    const all = pages.flatMap(({ articles }) => articles);
    const shown = await showAll(all, now);
    return pages.map((page) => ({ ...page, articles: page.articles.map((one) => shown.get(one.id) ?? one) }));
  };

  /** Whether words of the index may be shown of it: not of a story that has been written anew or withheld since. */
  const isAsIndexed = (article: Article, found: FoundStory | undefined, now: Instant): boolean =>
    found?.doubt === null && found.told !== null && !isStricter(article, found.told.reading, now);

  const bodyOf = (article: Article, found: FoundStory | undefined, now: Instant): ArticleBody => {
    const { id } = article;
    if (found === undefined) return { id, blocks: [] };
    const lookAgainAt = lookAgainAtOf(options);
    // Who has been shown the article by what it was allowed before must not be given the text of it.
    if (found.told === null || isStricter(article, found.told.reading, now)) return { id, blocks: [], lookAgainAt };
    const blocks = options.reader.readBody(found.told.story.html ?? '') ?? [];
    return found.doubt === 'older' ? { id, blocks, lookAgainAt } : { id, blocks };
  };

  return {
    async byIds(ids) {
      const articles = await index.byIds(ids);
      return [...(await showAll(articles, clock.now())).values()];
    },
    async bodies(ids) {
      const now = clock.now();
      const articles = await index.byIds(ids);
      const found = await readStories(options, articles, { now, withHtml: true });
      return articles.map((article) => bodyOf(article, found.get(article.id), now));
    },
    async byAddresses(addresses) {
      // The texts are not the index's.
      const addressed = await index.byAddresses(addresses.map((address) => ({ ...address, withText: false })));
      const shown = await showAll(
        addressed.map(({ article }) => article),
        clock.now(),
      );
      return addressed.map((one) => ({ ...one, article: shown.get(one.article.id) ?? one.article }));
    },
    async byTranslationGroups(groups) {
      // The index answers for all editions, and only one of them lives here.
      const articles = (await index.byTranslationGroups(groups)).filter((article) => article.edition === edition);
      return [...(await showAll(articles, clock.now())).values()];
    },
    // What a story says goes before what the index does: who compares them looks at the whole.
    list: async (listings, view) => showPages(await index.list(listings, { ...view, detail: 'whole' }), view.now),
    related: async (requests, view) => showPages(await index.related(requests, { ...view, detail: 'whole' }), view.now),
    count: index.count,
    countSearch: index.countSearch,
    async search(requests, view) {
      const pages = await index.search(requests, view);
      const articles = pages.flatMap(({ matches }) => matches.map(({ article }) => article));
      const found = await readStories(options, articles, { now: view.now, withHtml: false });
      return pages.map((page) => ({
        ...page,
        matches: page.matches.map((match) => {
          const story = found.get(match.article.id);
          const article = show(match.article, story, view.now);
          return isAsIndexed(match.article, story, view.now)
            ? { ...match, article }
            : { ...match, article, snippetHtml: null };
        }),
      }));
    },
  };
};
