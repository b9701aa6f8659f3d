import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { contractDifferences } from './schema-coordinates.ts';
import { readSchema } from './schema-text.ts';

const CONTRACT = `
  directive @semanticNonNull(levels: [Int] = [0]) on FIELD_DEFINITION
  scalar DateTime
  enum Order { NEWEST OLDEST }
  interface Node { id: ID! }
  input Filter { order: Order = NEWEST, kinds: [String!] }
  union Anything = Article
  type Article implements Node {
    id: ID!
    headline: String!
    kicker: String
    tags: [String!] @semanticNonNull
    related(first: Int = 4, filter: Filter): [Article!] @semanticNonNull
  }
  type Query { article(id: ID!): Article, anything: Anything, at: DateTime }
`;

/** The contract with one thing changed, and the only line that should come of it. */
const BAD_COPIES: readonly (readonly [what: string, from: string, to: string, difference: string])[] = [
  ['a field made non-null', 'kicker: String', 'kicker: String!', 'Article.kicker: String!, not String'],
  ['a field made nullable', 'headline: String!', 'headline: String', 'Article.headline: String, not String!'],
  [
    'entries made nullable',
    'tags: [String!]',
    'tags: [String]',
    'Article.tags: [String] @semanticNonNull, not [String!] @semanticNonNull',
  ],
  [
    'a promise taken back',
    'tags: [String!] @semanticNonNull',
    'tags: [String!]',
    'Article.tags: [String!], not [String!] @semanticNonNull',
  ],
  [
    'a promise nobody asked for',
    'kicker: String',
    'kicker: String @semanticNonNull',
    'Article.kicker: String @semanticNonNull, not String',
  ],
  ['a field left out', 'kicker: String\n', '\n', 'Article.kicker: absent, not String'],
  ['a default changed', 'first: Int = 4', 'first: Int = 5', 'Article.related(first:): Int = 5, not Int = 4'],
  ['a default dropped', 'first: Int = 4', 'first: Int', 'Article.related(first:): Int, not Int = 4'],
  ['an argument left out', ', filter: Filter', '', 'Article.related(filter:): absent, not Filter'],
  ['an argument made required', 'filter: Filter', 'filter: Filter!', 'Article.related(filter:): Filter!, not Filter'],
  [
    'a new required argument',
    'filter: Filter)',
    'filter: Filter, to: Int!)',
    'Article.related(to:): not in the contract, yet required',
  ],
  ['an input field left out', ', kinds: [String!]', '', 'Filter.kinds: absent, not [String!]'],
  [
    "an input field's default changed",
    'Order = NEWEST',
    'Order = OLDEST',
    'Filter.order: Order = OLDEST, not Order = NEWEST',
  ],
  [
    'a new required input field',
    ', kinds: [String!]',
    ', kinds: [String!], to: Int!',
    'Filter.to: not in the contract, yet required',
  ],
  ['an enum value left out', 'NEWEST OLDEST', 'NEWEST', 'Order.OLDEST: absent, not enum value'],
  [
    'an interface no longer implemented',
    'Article implements Node',
    'Article',
    'Article implements Node: absent, not yes',
  ],
  ['a type of another kind', 'scalar DateTime', 'enum DateTime { NOW }', 'DateTime: EnumType, not ScalarType'],
  [
    'a union member left out',
    'union Anything = Article',
    'type Other { a: Int } union Anything = Other',
    'Anything | Article: absent, not member',
  ],
  [
    'a directive in other places',
    'on FIELD_DEFINITION',
    'on FIELD_DEFINITION | OBJECT',
    '@semanticNonNull: on FIELD_DEFINITION | OBJECT, not on FIELD_DEFINITION',
  ],
  [
    "a directive's default changed",
    'levels: [Int] = [0]',
    'levels: [Int] = [1]',
    '@semanticNonNull(levels:): [Int] = [1], not [Int] = [0]',
  ],
];

describe('contractDifferences', () => {
  const contract = buildSchema(CONTRACT);

  it.each(BAD_COPIES)('sees %s', (_what, from, to, difference) => {
    expect(CONTRACT).toContain(from);
    expect(contractDifferences(contract, buildSchema(CONTRACT.replace(from, to)))).toEqual([difference]);
  });

  it('allows new types, fields and optional arguments', () => {
    const grown = CONTRACT.replace('kicker: String', 'kicker(maxLength: Int): String, words: Int').concat(
      'type More { a: Int }',
    );
    expect(contractDifferences(contract, buildSchema(grown))).toEqual([]);
  });

  it('finds nothing between the published schema and the contract', (test) => {
    const agreed = buildSchema(readFileSync(sharedPath(test, 'contract/schema.graphql'), 'utf8'));
    expect(Object.keys(agreed.getTypeMap()).length).toBeGreaterThan(50);
    expect(contractDifferences(agreed, readSchema())).toEqual([]);
  });

  it('finds nothing between what is published for partners and their contract', (test) => {
    const texts = ['schema', 'partners'].map((name) =>
      readFileSync(sharedPath(test, `contract/${name}.graphql`), 'utf8'),
    );
    const agreed = buildSchema(texts.join('\n'));
    const served = /^(Query\.viewer|Viewer(\.partner)?|Partner(\.\w+)?)\b(?!\.)/;
    expect(contractDifferences(agreed, readSchema()).filter((difference) => served.test(difference))).toEqual([]);
  });
});
