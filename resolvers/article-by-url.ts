import type { Article } from '../src/content/entities.ts';
import { loadStandingAt } from '../src/loaders/standing-at.ts';
import type { Context } from './context.ts';

/** The visible article at `url`, its former addresses included; null for none. */
export const loadArticleByUrl = async (url: string, context: Context): Promise<Article | null> => {
  const standing = await loadStandingAt(url, context, context.isTextAsked);
  return standing?.visibility === 'visible' ? standing.article : null;
};
