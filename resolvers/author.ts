import { urlOf } from '../src/content/addresses.ts';
import { readArticles } from './connections.ts';
import { editionOf } from '../src/content/editions.ts';
import { loadTranslations } from './translations.ts';
import type { AuthorResolvers } from './types.generated.ts';

export const Author: AuthorResolvers = {
  edition: (author, _args, context) => editionOf(author, context),
  url: (author, _args, context) => urlOf.author(editionOf(author, context), author),
  translations: (author, _args, context) =>
    loadTranslations(author, context, (key) => context.loaders.authors.byGroup.load(key)),
  articles: ({ id, edition }, args, context) => readArticles({ edition, scope: { of: 'author', id } }, args, context),
};
