import { parseId, type ArticleId } from '../src/content/ids.ts';
import { loadArticleByUrl } from './article-by-url.ts';
import { editionOf } from './edition-of.ts';
import { loadNode, loadNodes } from './node.ts';
import { loadRoute } from './route.ts';
import type { QueryResolvers } from './types.generated.ts';

export const Query: QueryResolvers = {
  editions: (_parent, _args, context) => context.editions.all.map(({ code }) => editionOf({ edition: code }, context)),
  edition: (_parent, { code }, context) =>
    context.editions.get(code) === undefined ? null : editionOf({ edition: code }, context),
  article: async (_parent, { id }, { loaders, editions }) => {
    const { entity, edition } = parseId(id);
    if (entity !== 'Article' || edition === undefined || editions.get(edition) === undefined) return null;
    return loaders.articles.byId.load(id as ArticleId);
  },
  articleByUrl: (_parent, { url }, context) => loadArticleByUrl(url, context),
  node: (_parent, { id }, context) => loadNode(id, context),
  nodes: (_parent, { ids }, context) => loadNodes(ids, context) as never,
  route: (_parent, { url }, context) => loadRoute(url, context),
};
