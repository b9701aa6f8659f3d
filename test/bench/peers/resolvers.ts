import type { Loaders } from './loaders.ts';
import type { ArticleRow, NamedRow } from './rows.ts';
import { findArticle, listArticles } from './statements.ts';

/** What a resolver may touch. */
export interface Context {
  readonly loaders: Loaders;
}

interface Edition {
  readonly id: string;
  readonly code: string;
}

interface ListArguments {
  readonly first?: number;
  readonly filter?: { readonly publishedBefore?: string };
}

const instant = (at: Date): string => `${at.toISOString().slice(0, 19)}+00:00`;
const urlOf = ({ edition, path = '' }: { readonly edition: string; readonly path?: string }): string =>
  `https://archive.example/${edition.toLowerCase()}/${path}`;

/** The resolvers of `schema.graphql`, as every server here runs them. */
export const resolvers = {
  Query: {
    edition: (_: unknown, { code }: { readonly code: string }): Edition => ({ id: `edn_${code.toLowerCase()}`, code }),
  },
  Edition: {
    articles: async ({ code }: Edition, { first = 20, filter }: ListArguments) => ({
      nodes: await listArticles(code, filter?.publishedBefore ?? 'infinity', first),
    }),
    article: ({ code }: Edition, { slug }: { readonly slug: string }) => findArticle(code, slug),
  },
  Article: {
    url: (article: ArticleRow) => urlOf(article),
    publishedAt: (article: ArticleRow) => instant(article.published_at),
    updatedAt: (article: ArticleRow) => instant(article.updated_at),
    bodyHtml: async ({ id }: ArticleRow, _: unknown, { loaders }: Context) =>
      (await loaders.bodies.load(id)).map(({ html }) => html).join('\n'),
    section: ({ section_ids: [id = ''] }: ArticleRow, _: unknown, { loaders }: Context) => loaders.sections.load(id),
    authors: ({ author_ids: ids }: ArticleRow, _: unknown, { loaders }: Context) => loaders.authors.loadMany(ids),
    tags: ({ tag_ids: ids }: ArticleRow, _: unknown, { loaders }: Context) => loaders.tags.loadMany(ids),
    related: ({ id }: ArticleRow, { first = 4 }: { readonly first?: number }, { loaders }: Context) =>
      loaders.related.load({ id, limit: first }),
  },
  Section: {
    url: (section: NamedRow) => urlOf(section),
  },
};
