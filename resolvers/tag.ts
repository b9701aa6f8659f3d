import { urlOf } from '../src/content/addresses.ts';
import { readArticles } from './connections.ts';
import { editionOf } from '../src/content/editions.ts';
import { loadTranslations } from './translations.ts';
import type { TagResolvers } from './types.generated.ts';

export const Tag: TagResolvers = {
  edition: (tag, _args, context) => editionOf(tag, context),
  url: (tag, _args, context) => urlOf.tag(editionOf(tag, context), tag),
  translations: (tag, _args, context) =>
    loadTranslations(tag, context, (key) => context.loaders.tags.byGroup.load(key)),
  articles: ({ id, edition }, args, context) => readArticles({ edition, scope: { of: 'tag', id } }, args, context),
};
