import { buildSchema, Kind, parse, validate, type FragmentDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { decideCachePolicy } from '../../src/graphql/cache-policy.ts';

const schema = buildSchema(`
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
  interface Node { id: ID! }
  interface Headed { id: ID! }
  union Found = Article | Secret
  type Query {
    article: Article @cacheControl(maxAge: 300)
    articles: [Article!]! @cacheControl(maxAge: 200)
    headed: Headed @cacheControl(maxAge: 300)
    node: Node @cacheControl(maxAge: 300)
    found: Found @cacheControl(maxAge: 300)
    ownAge: Article @cacheControl(maxAge: 900)
    byItsType: Article
    unsaid: Plain
    counter: Int
    viewer: Viewer @cacheControl(maxAge: 300)
    never: Plain @cacheControl(maxAge: 0)
  }
  type Mutation { record: Article @cacheControl(maxAge: 300) }
  type Article implements Node & Headed @cacheControl(maxAge: 250) {
    id: ID!
    views: Int @cacheControl(maxAge: 60)
    counts: Counts
    inherited: Counts @cacheControl(inheritMaxAge: true)
    drafts: Plain @cacheControl(scope: PRIVATE)
    plain: Plain
    related: [Article!]
  }
  type Counts @cacheControl(maxAge: 30) { views: Int }
  type Plain { id: ID! article: Article }
  type Viewer @cacheControl(scope: PRIVATE) { name: String }
  type Secret implements Node @cacheControl(maxAge: 5, scope: PRIVATE) { id: ID! }
`);

const policyOf = (query: string, name?: string) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operation = document.definitions.find(
    (node) => node.kind === Kind.OPERATION_DEFINITION && (name === undefined || node.name?.value === name),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError('no operation');
  return decideCachePolicy(schema, operation, fragments);
};
const keptFor = (maxAgeSeconds: number) => ({ maxAgeSeconds, scope: 'PUBLIC' });

describe('decideCachePolicy', () => {
  it.each([
    ['{ articles { __typename } }', 200, 'what the field says'],
    ['{ ownAge { id } }', 900, 'a field goes before its type'],
    ['{ byItsType { id } }', 250, 'a type speaks for a field that says nothing'],
    ['{ article { views } }', 60, 'a scalar may have an age'],
    ['{ article { counts { views } } }', 30, 'the shortest of all'],
    ['{ article { inherited { views } } }', 300, 'unless a field takes the age of what contains it'],
    ['{ article { plain { id } } }', 300, 'what says nothing further down sets no bound'],
    ['{ article { plain { article { views } } } }', 60, 'however deep it stands'],
    ['{ article { id } articles { id } }', 200, 'over all root fields'],
  ])('%s is kept %d s: %s', (query, seconds) => {
    const expected = query.includes('__typename') ? Math.min(seconds, 300) : seconds;
    expect(policyOf(query)).toEqual(keptFor(expected));
  });

  it.each([
    ['{ unsaid { id } }', 'a root field that says nothing'],
    ['{ counter }', 'a root scalar that says nothing'],
    ['{ never { id } }', 'a field that says 0'],
    ['{ article { id } unsaid { id } }', 'one such among others'],
    ['{ innocent: counter article { id } }', 'under an alias'],
    ['{ article: counter }', 'under the name of a field that is kept'],
    ['{ ...F } fragment F on Query { counter }', 'in a fragment'],
    ['{ ... { ... on Query { counter } } }', 'in an inline fragment'],
    [
      '{ article { id } ...A } fragment A on Query { ...B } fragment B on Query { c: counter }',
      'in a fragment of a fragment',
    ],
    ['mutation { record { id } }', 'a mutation, whatever its fields say'],
  ])('%s is not kept: %s', (query) => {
    expect(policyOf(query).maxAgeSeconds).toBe(0);
  });

  it.each([
    ['{ article { n: views } }', 60, 'an alias'],
    ['{ article { ...F } } fragment F on Article { views }', 60, 'a fragment'],
    ['{ article { ... { ... on Article { views } } } }', 60, 'inline fragments'],
    ['{ headed { ... on Article { views } } }', 60, 'a narrower type'],
    [
      '{ article { ...A } } fragment A on Article { related { ...B } } fragment B on Article { counts { views } }',
      30,
      'fragments within fragments',
    ],
    ['{ article { views @skip(if: true) } }', 60, 'a directive'],
  ])('%s is kept %d s: %s does not hide a field', (query, seconds) => {
    expect(policyOf(query)).toEqual(keptFor(seconds));
  });

  it.each([
    ['{ viewer { name } }', 'by its type'],
    ['{ article { drafts { id } } }', 'by a field deep inside'],
    ['{ me: viewer { name } article { id } }', 'under an alias, beside what is public'],
    ['{ ...F article { id } } fragment F on Query { viewer { name } }', 'in a fragment'],
  ])('%s is PRIVATE: %s', (query) => {
    expect(policyOf(query).scope).toBe('PRIVATE');
  });

  it.each([
    '{ node { ... on Secret { id } } }',
    '{ found { ... on Secret { id } } }',
    '{ node { ...S } } fragment S on Secret { id }',
  ])('%s is what the type it narrows to says', (query) => {
    expect(policyOf(query)).toEqual({ maxAgeSeconds: 5, scope: 'PRIVATE' });
  });

  it.each(['{ node { id } }', '{ found { __typename } }'])(
    '%s is what the strictest type it may find says',
    (query) => {
      expect(policyOf(query)).toEqual({ maxAgeSeconds: 5, scope: 'PRIVATE' });
    },
  );

  it('keeps introspection, and __typename beside what is kept', () => {
    expect(policyOf('{ __schema { queryType { name } } }')).toEqual(keptFor(300));
    expect(policyOf('{ __typename }')).toEqual(keptFor(300));
    expect(policyOf('{ article { __typename views } }')).toEqual(keptFor(60));
    expect(policyOf('{ ownAge { id __typename } }').maxAgeSeconds).toBeGreaterThan(0);
  });

  it('does not keep what asks for the schema and for something that is not kept', () => {
    expect(policyOf('{ __schema { queryType { name } } counter }').maxAgeSeconds).toBe(0);
  });

  it('is of one operation and what it reaches, not of its neighbours', () => {
    const document = `query Kept { article { ...K } } query Not { ...N }
      fragment K on Article { id } fragment N on Query { counter }`;
    expect(policyOf(document, 'Kept')).toEqual(keptFor(300));
    expect(policyOf(document, 'Not').maxAgeSeconds).toBe(0);
  });
});
