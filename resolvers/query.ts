import { isChangeId } from '../src/content/delta.ts';
import { parseId, type ArticleId } from '../src/content/ids.ts';
import { loadArticleByUrl } from './article-by-url.ts';
import { readChanges } from './changes.ts';
import { spokenTo } from './edition-of.ts';
import { loadNode, loadNodes } from './node.ts';
import { orNothing } from './or-nothing.ts';
import { loadRoute } from './route.ts';
import type { QueryResolvers } from './types.generated.ts';

export const Query: QueryResolvers = {
  editions: (_parent, _args, { editions, recorder }) => {
    for (const { language } of editions.all) recorder.choice(language);
    return editions.all;
  },
  edition: (_parent, { code }, context) => spokenTo(context.editions.get(code) ?? null, context),
  article: async (_parent, { id }, context) => {
    if (isChangeId(id)) return null;
    const { loaders, editions } = context;
    const { entity, edition } = parseId(id);
    if (entity !== 'Article' || edition === undefined || editions.get(edition) === undefined) return null;
    return spokenTo(orNothing(await loaders.articles.byId.load(id as ArticleId), context), context);
  },
  articleByUrl: async (_parent, { url }, context) =>
    spokenTo(orNothing(await loadArticleByUrl(url, context), context), context),
  changes: (_parent, args, context) => readChanges(args, context),
  node: (_parent, { id }, context) => loadNode(id, context),
  nodes: (_parent, { ids }, context) => loadNodes(ids, context) as never,
  route: async (_parent, { url }, context) => {
    const route = orNothing(await loadRoute(url, context), context);
    if (route !== null) spokenTo(route.node, context);
    return route;
  },
  // Its fields read the caller.
  viewer: () => ({}),
};
