import type { Article } from '../src/content/entities.ts';
import type { Standing } from '../src/loaders/article-loaders.ts';
import type { Context } from './context.ts';

/**
 * How the article that stands at `url`, or stood there before, is to be seen; null: a foreign address, a section's, or
 * nothing ever stood there.
 */
export const loadStandingAt = async (url: string, { editions, loaders }: Context): Promise<Standing | null> => {
  const located = editions.locate(url);
  if (located === null) return null;
  const { edition, path } = located;
  const standing = await loaders.articles.standingAt.load({ edition: edition.code, form: 'path', value: path });
  if (standing === null || standing.isCurrent) return standing;
  // What stands there now goes before what has left.
  const section = (await loaders.treeOf(edition.code)).byPath(path);
  return section === null ? standing : null;
};

/** The visible article at `url`, its former addresses included; null for none. */
export const loadArticleByUrl = async (url: string, context: Context): Promise<Article | null> => {
  const standing = await loadStandingAt(url, context);
  return standing?.visibility === 'visible' ? standing.article : null;
};
