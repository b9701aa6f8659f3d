import { getVariableValues, Kind, parse, validate, type FragmentDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCostMeasure } from '../../../src/graphql/limits/measure-cost.ts';
import { limitSchema } from './limit-schema.ts';

const measure = createCostMeasure(limitSchema);

const costOf = (query: string, given: Record<string, unknown> = {}): number => {
  const document = parse(query);
  expect(validate(limitSchema, document)).toEqual([]);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new TypeError('no operation');
  const { coerced = {} } = getVariableValues(limitSchema, operation.variableDefinitions ?? [], given);
  return measure(operation, fragments, coerced);
};

describe('the cost of what is read once', () => {
  it.each([
    ['{ __typename }', 0, 'nothing is read'],
    ['{ self { id } }', 1, 'an object weighs 1, its scalars nothing'],
    ['{ self { self { self { id } } } }', 3, 'each object below it 1 more'],
    ['{ self { weighed } }', 3.5, 'a field may weigh something itself'],
    ['{ heavyRead { id } }', 6, 'besides what it returns'],
    ['mutation { record { id } }', 15, 'and so for mutations'],
    [
      '{ self { either { __typename ... on Thing { weighed } ... on Heavy { id } } } }',
      4.5,
      'all branches of a union count',
    ],
    ['{ a: self { id } b: self { id } }', 2, 'each alias is a read of its own'],
    ['{ self { id @skip(if: true) weighed @include(if: false) } }', 3.5, 'what is left out at run time counts'],
    ['{ __schema { types { name fields { name } } } }', 0, 'the schema itself costs nothing: its depth bounds it'],
  ])('%s costs %d: %s', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });
});

describe('the cost of lists', () => {
  it.each([
    ['{ things { id } }', 1, 'a list that says nothing counts as one entry'],
    ['{ pair { id } }', 2, 'assumed size'],
    ['{ self { heavy { id } } }', 31, 'times the weight of its type'],
    ['{ pair { self { weighed } } }', 2 * (1 + 1 + 2.5), 'everything below it is read for each entry'],
    ['{ self { few(first: 3) { id } } }', 4, 'a slicing argument decides'],
    ['{ self { few { id } } }', 5, 'its default, when it is left out'],
    ['{ self { few(first: null) { id } } }', 8, 'the assumed size, when null was given'],
    ['{ self { few(first: 0) { id } } }', 1, 'nothing for nothing'],
    ['{ self { few(first: -9) { weighed } } }', 1, 'nor less than nothing for a negative one'],
    ['{ self { few(first: 1000000) { id } } }', 102, 'no more than one past what a page may hold: the read refuses it'],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 3, 'as many as the ids'],
    ['{ nodes(ids: []) { id } }', 0, 'none for none'],
    ['{ nodes(ids: "a") { id } }', 1, 'one id is a list of one'],
    [
      '{ nodes(ids: ["a", "b"]) { ... on Thing { self { weighed } } } }',
      2 * (1 + 1 + 2.5),
      'fragments on its types too',
    ],
  ])('%s costs %d: %s', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('counts ids that came as a variable', () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(costOf(query, { ids: Array.from({ length: 60 }, String) })).toBe(60);
    expect(costOf(query, { ids: Array.from({ length: 5_000 }, String) })).toBe(101);
  });
});

describe('the cost of what cannot be read', () => {
  it('is that of the assumed size: the read itself says what is wrong', () => {
    const query = 'query ($ids: [ID!] = ["a", "b"]) { some(ids: $ids) { id } }';
    expect(costOf(query)).toBe(2);
    expect(costOf(query, { ids: null })).toBe(9);
  });
});

describe('the cost of pages', () => {
  it.each([
    ['nodes { id }', 5],
    ['edges { cursor node { id } }', 5],
    ['edges { cursor } ', 0],
    ['edges { node { id } } nodes { id }', 10],
    ['nodes { weighed }', 5 * 3.5],
    ['totalCount', 5],
    ['totalCount nodes { id }', 10],
    ['a: nodes { id } b: nodes { id }', 10],
    ['... on Page { nodes { id } }', 5],
    ['... { ... { edges { node { id } } } }', 5],
  ])('list(first: 5) { %s } costs %d besides its parent', (fields, cost) => {
    expect(costOf(`{ self { list(first: 5) { ${fields} } } }`)).toBe(1 + cost);
    expect(costOf(`{ self { list(first: 5) { ...P } } } fragment P on Page { ${fields} }`)).toBe(1 + cost);
  });

  it.each([
    ['list', 20],
    ['list(first: null)', 20],
    ['list(last: 3)', 3],
    ['list(first: 3, last: 8)', 8],
    ['list(first: 100)', 100],
    ['list(first: 101)', 101],
    ['list(first: 2147483647)', 101],
  ])('%s is %d entries long', (field, entries) => {
    expect(costOf(`{ self { ${field} { nodes { id } } } }`)).toBe(1 + entries);
  });

  it.each([
    ['given', '$n: Int', { n: 7 }, 7],
    ['given for a default', '$n: Int = 3', { n: 7 }, 7],
    ['its default', '$n: Int = 3', {}, 3],
    ['null for a default', '$n: Int = 3', { n: null }, 20],
    ['left out', '$n: Int', {}, 20],
  ])('reads the length from a variable: %s', (_, definition, variables, entries) => {
    expect(costOf(`query (${definition}) { self { list(first: $n) { nodes { id } } } }`, variables)).toBe(1 + entries);
  });

  it('multiplies pages within pages', () => {
    expect(costOf('{ self { list(first: 5) { nodes { list(first: 10) { nodes { id } } } } } }')).toBe(1 + 5 * (1 + 10));
    expect(costOf('{ self { list(first: 5) { edges { node { list { edges { node { id } } } } } } } }')).toBe(
      1 + 5 * (1 + 20),
    );
  });

  it('does not carry the length of a page to the lists of what stands in it', () => {
    expect(costOf('{ self { list(first: 50) { nodes { heavy { id } } } } }')).toBe(1 + 50 * (1 + 3 * 10));
  });

  it('prices one fragment by the page it is spread on', () => {
    const query = `{ self { a: list(first: 1) { ...P } b: list(first: 50) { ...P } } }
      fragment P on Page { ...Q } fragment Q on Page { nodes { id } }`;
    expect(costOf(query)).toBe(1 + 1 + 50);
  });

  it('costs a query that no machine could answer a number all the same', () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'id' : `list(first: 100) { nodes { ${deep(levels - 1)} } }`;
    expect(costOf(`{ self { ${deep(100)} } }`)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
