import { urlOf } from '../src/content/addresses.ts';
import type { Section as SectionEntity } from '../src/content/entities.ts';
import { readArticles } from './connections.ts';
import type { Context } from './context.ts';
import { editionOf } from '../src/content/editions.ts';
import { loadTranslations } from './translations.ts';
import type { SectionResolvers } from './types.generated.ts';

const treeOf = ({ edition }: SectionEntity, { loaders }: Context) => loaders.treeOf(edition);

export const Section: SectionResolvers = {
  edition: (section, _args, context) => editionOf(section, context),
  url: (section, _args, context) => urlOf.section(editionOf(section, context), section),
  parent: async (section, _args, context) =>
    section.parentId === null ? null : (await treeOf(section, context)).byId(section.parentId),
  ancestors: async (section, _args, context) => (await treeOf(section, context)).ancestorsOf(section),
  children: async (section, _args, context) => (await treeOf(section, context)).childrenOf(section.id),
  translations: (section, _args, context) =>
    loadTranslations(section, context, async ({ edition, group }) =>
      (await context.loaders.treeOf(edition)).byTranslationGroup(group),
    ),
  articles: ({ id, edition }, args, context) => readArticles({ edition, scope: { of: 'section', id } }, args, context),
};
