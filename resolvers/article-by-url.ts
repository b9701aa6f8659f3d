import type { Article } from '../src/content/entities.ts';
import type { Standing } from '../src/loaders/article-loaders.ts';
import type { Context } from './context.ts';

/** How the article that stands, or stood, at `url` is to be seen; null: a foreign address, or nothing ever stood there. */
export const loadStandingAt = async (url: string, { editions, loaders }: Context): Promise<Standing | null> => {
  const located = editions.locate(url);
  if (located === null) return null;
  return loaders.articles.standingAt.load({ edition: located.edition.code, form: 'path', value: located.path });
};

/** The visible article at `url`, its former addresses included; null for none. */
export const loadArticleByUrl = async (url: string, context: Context): Promise<Article | null> => {
  const standing = await loadStandingAt(url, context);
  return standing?.visibility === 'visible' ? standing.article : null;
};
