import { getNamedType, isAbstractType, isLeafType, isObjectType, type GraphQLOutputType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { runQuery } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const article = createSchema().getType('Article');
if (!isObjectType(article)) throw new TypeError('no articles');

/** All that a value of `type` shows without arguments, two objects deep. */
const selectionOf = (type: GraphQLOutputType, depth = 0): string => {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named) || !isObjectType(named) || depth > 1) return '{ __typename }';
  const shown = Object.values(named.getFields()).filter(
    (field) => field.args.length === 0 && (depth === 0 || isLeafType(getNamedType(field.type))),
  );
  return `{ __typename ${shown.map((field) => `${field.name} ${selectionOf(field.type, depth + 1)}`).join(' ')} }`;
};

const fields = Object.values(article.getFields()).map(({ name, type }) => ({
  name,
  selection: `${name}${name === 'translation' ? '(edition: ES)' : ''} ${selectionOf(type)}`,
}));

const listOf = (selection: string): string =>
  `{ edition(code: EN) { articles(first: 100) { nodes { ${selection} related(first: 2) { ${selection} } } } } }`;

describe('a field of an article in a list', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ variables: { QUERY_MAX_COST: '1000000', QUERY_MAX_DEPTH: '20' } });
  });
  afterAll(() => app.close());

  it.each(fields)('$name says the same asked for alone as beside what needs all of the article', async (field) => {
    const alone = await runQuery(app, listOf(`asked: ${field.selection}`));
    const beside = await runQuery(app, listOf(`asked: ${field.selection} beside: seo { noIndex }`));
    expect([alone.errors, beside.errors]).toEqual([[], []]);
    const shown = ({ data }: typeof alone) =>
      data.edition.articles.nodes.map(({ asked, related }: typeof data) => [
        asked,
        related.map((other: typeof data) => other.asked),
      ]);
    expect(shown(beside).length).toBeGreaterThan(20);
    expect(shown(alone)).toEqual(shown(beside));
  });
});
