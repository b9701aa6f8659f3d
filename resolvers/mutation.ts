import { parseId, type ArticleId } from '../src/content/ids.ts';
import type { MutationResolvers } from './types.generated.ts';

export const Mutation: MutationResolvers = {
  recordEngagement: async (
    _parent,
    { input: { articleId, kind } },
    { admitEngagement, countEngagement, editions, loaders },
  ) => {
    const { id, entity, edition } = parseId(articleId);
    await admitEngagement();
    if (entity !== 'Article' || edition === undefined || editions.get(edition) === undefined) return { article: null };
    const article = await loaders.articles.byId.load(id as ArticleId);
    // Only what can be seen is counted: an unknown article has no counter to lead astray.
    if (article !== null) await countEngagement(article.id, kind);
    return { article };
  },
};
