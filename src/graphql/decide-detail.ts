import {
  isObjectType,
  visit,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { ARTICLE_DETAIL } from '../../resolvers/article-detail.ts';
import { DETAILS, type Detail } from '../content/detail.ts';

const details: Readonly<Record<string, Detail | undefined>> = ARTICLE_DETAIL;

/**
 * The most that any field of `operation` looks at of an article. By the names of fields alone, wherever they stand and whether
 * or not they are skipped: a name too many costs a few columns, one too few an answer.
 */
export const decideDetail = (
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Detail => {
  const article = schema.getType('Article');
  const known = isObjectType(article) ? article.getFields() : {};
  let most = 0;
  for (const definition of [operation, ...fragments.values()])
    visit(definition, {
      Field({ name: { value: name } }) {
        if (Object.hasOwn(known, name)) most = Math.max(most, DETAILS.indexOf(details[name] ?? 'whole'));
      },
    });
  return DETAILS[most] ?? 'whole';
};
