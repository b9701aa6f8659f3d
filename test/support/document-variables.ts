import type { GraphQLField } from 'graphql';

/** The variable that fills a required argument of `field`: by its name, which means one thing throughout the schema. */
export const variableOf = (field: GraphQLField<unknown, unknown>, argument: string): string => {
  if (argument === 'code' || argument === 'edition') return 'edition';
  if (argument === 'id') return 'articleId';
  if (argument === 'ids') return 'ids';
  if (argument === 'url') return 'url';
  if (argument === 'path') return 'sectionPath';
  if (argument === 'query') return 'words';
  if (argument === 'slug') return `${field.name}Slug`;
  throw new TypeError(`No value for the required argument ${argument} of ${field.name}`);
};

/** The type of each such variable. */
export const VARIABLE_TYPES: Readonly<Record<string, string>> = {
  edition: 'EditionCode!',
  articleId: 'ID!',
  ids: '[ID!]!',
  url: 'URL!',
  sectionPath: 'String!',
  words: 'String!',
  articleSlug: 'String!',
  tagSlug: 'String!',
  authorSlug: 'String!',
  yes: 'Boolean!',
};
