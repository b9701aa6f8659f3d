import { Kind, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';

/**
 * Coordinates whose values move without any change of content: what is ranked by counters or by recency, and
 * cursors, which carry how far the archive had moved when their page was read. Counters themselves are compared past.
 */
export const INEXACT_COORDINATES: ReadonlySet<string> = new Set([
  'Edition.trending',
  'Edition.mostRead',
  'Edition.search',
  'Article.related',
  'PageInfo.startCursor',
  'PageInfo.endCursor',
  'ArticleEdge.cursor',
]);

/** Whether two answers to `document` are equal byte for byte as long as no content has changed. */
export const isExact = (schema: GraphQLSchema, document: DocumentNode): boolean => {
  const types = new TypeInfo(schema);
  let exact = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      [Kind.FIELD]: {
        enter() {
          const coordinate = `${types.getParentType()?.name ?? ''}.${types.getFieldDef()?.name ?? ''}`;
          if (INEXACT_COORDINATES.has(coordinate)) exact = false;
        },
      },
    }),
  );
  return exact;
};
