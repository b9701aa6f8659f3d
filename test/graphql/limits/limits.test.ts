import { describe, expect, it } from 'vitest';
import { createDocuments } from '../../../src/graphql/documents.ts';
import type { LimitName, Limits } from '../../../src/graphql/limits/limits.ts';
import { RequestFailure } from '../../../src/graphql/request-failure.ts';
import { limitSchema } from './limit-schema.ts';
import { wideLimits } from './wide-limits.ts';

const nested = (levels: number, leaf: string): string => (levels === 0 ? leaf : `self { ${nested(levels - 1, leaf)} }`);

/** What `query` is refused with under `limits`; null: it may run. */
const refusal = (query: string, limits: Partial<Limits>, variables = {}): unknown => {
  const documents = createDocuments(limitSchema, wideLimits(limits));
  try {
    documents.prepare({ query, operationName: undefined, variables });
    return null;
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    return error.errors[0]?.extensions;
  }
};

/** What becomes of `query` with `actual` as the maximum, and with one less. */
const atTheEdge = (limit: LimitName, query: string, actual: number): unknown => [
  refusal(query, { [limit]: actual }),
  refusal(query, { [limit]: actual - 1 }),
];
/** Allowed at its maximum; one over it, refused with figures. */
const exactly = (limit: LimitName, actual: number): unknown => [
  null,
  { code: 'LIMIT_EXCEEDED', limit, maximum: actual - 1, actual },
];

describe('the limit of depth', () => {
  it.each([
    ['written out', `{ ${nested(4, 'id')} }`, 5],
    ['a leaf at the root', '{ __typename }', 1],
    ['the deepest branch', `{ self { id } b: ${nested(3, 'id')} c: self { self { id } } }`, 4],
    ['in a fragment', `{ self { ...F } } fragment F on Thing { ${nested(3, 'id')} }`, 5],
    [
      'in fragments within fragments',
      `{ self { ...A } } fragment A on Thing { self { ...B } } fragment B on Thing { self { ...C } } fragment C on Thing { id }`,
      4,
    ],
    ['in inline fragments, which add none', '{ self { ... { ... on Thing { ... { self { id } } } } } }', 3],
    [
      'in a fragment that stands deeper the second time',
      '{ self { ...F self { ...F } } } fragment F on Thing { self { id } }',
      4,
    ],
    ['under an alias', '{ self { a: self { b: self { id } } } }', 4],
    ['in a part that @skip leaves out', '{ self { self @skip(if: true) { self { id } } } }', 4],
    ['__typename counts like any leaf', '{ self { self { __typename } } }', 3],
  ])('is exact: %s', (_, query, depth) => {
    expect(atTheEdge('depth', query, depth)).toEqual(exactly('depth', depth));
  });

  it('measures every operation of a document, not only the one that is to run', () => {
    const query = `query A { self { id } } query B { ${nested(5, 'id')} }`;
    expect(refusal(query, { depth: 4 })).toMatchObject({ limit: 'depth', actual: 6 });
  });
});

describe('the limit of introspection depth', () => {
  it.each([
    ['__schema', '{ __schema { types { fields { type { name } } } } }', 5],
    ['__type', '{ __type(name: "Thing") { fields { type { ofType { name } } } } }', 5],
    ['under an alias', '{ innocent: __schema { types { name } } }', 3],
    [
      'in fragments',
      '{ ...Q } fragment Q on Query { __schema { types { ...T } } } fragment T on __Type { ofType { name } }',
      4,
    ],
  ])('is exact: %s', (_, query, depth) => {
    expect(atTheEdge('introspectionDepth', query, depth)).toEqual(exactly('introspectionDepth', depth));
  });

  it('is apart from the depth of content', () => {
    const query = '{ self { id } __schema { types { fields { type { name } } } } }';
    expect(refusal(query, { depth: 2, introspectionDepth: 5 })).toBe(null);
    expect(refusal(`{ ${nested(3, 'id')} __schema { types { name } } }`, { depth: 3 })).toMatchObject({
      limit: 'depth',
    });
  });

  it('does not let content hide under a name that begins alike', () => {
    expect(refusal(`{ __schema: self { ${nested(4, 'id')} } }`, { depth: 5, introspectionDepth: 100 })).toMatchObject({
      limit: 'depth',
      actual: 6,
    });
  });
});

describe('the limit of aliases', () => {
  it.each([
    ['on fields', '{ a: self { b: id c: id } }', 3],
    ['on __typename', '{ a: __typename b: __typename self { c: __typename } }', 3],
    ['that repeat the name itself', '{ self: self { id: id } }', 2],
    [
      'in a fragment, once for every time it is spread',
      '{ self { ...F self { ...F } } } fragment F on Thing { a: id b: id }',
      4,
    ],
    ['in inline fragments', '{ self { ... on Thing { a: id ... { b: id } } } }', 2],
    ['in introspection', '{ __schema { a: types { b: name } } }', 2],
  ])('is exact: %s', (_, query, aliases) => {
    expect(atTheEdge('aliases', query, aliases)).toEqual(exactly('aliases', aliases));
  });
});

describe('the limit of root fields', () => {
  it.each([
    ['written out', '{ a: self { id } b: self { id } __typename }', 3],
    ['of one name', '{ __typename __typename __typename }', 3],
    [
      'in a fragment, once for every time it is spread',
      '{ ...Q ...Q __typename } fragment Q on Query { a: __typename b: __typename }',
      5,
    ],
    ['in inline fragments', '{ ... { self { id } } ... on Query { ... { pair { id } } } }', 2],
  ])('is exact: %s', (_, query, rootFields) => {
    expect(atTheEdge('rootFields', query, rootFields)).toEqual(exactly('rootFields', rootFields));
  });

  it('holds for mutations', () => {
    expect(atTheEdge('rootFields', 'mutation { a: record { id } b: record { id } }', 2)).toEqual(
      exactly('rootFields', 2),
    );
  });
});

describe('the limit of directives', () => {
  it.each([
    ['on fields', '{ self @include(if: true) @skip(if: false) { id @include(if: true) } }', 3],
    [
      'on spreads and inline fragments',
      '{ self { ...F @include(if: true) ... @include(if: true) { id } } } fragment F on Thing { id }',
      2,
    ],
    [
      'in a fragment, once for every time it is spread',
      '{ self { ...F self { ...F } } } fragment F on Thing { id @skip(if: false) }',
      2,
    ],
    [
      'in a fragment within a fragment',
      '{ self { ...A } } fragment A on Thing { ...B @skip(if: false) } fragment B on Thing { id @skip(if: false) }',
      2,
    ],
  ])('is exact: %s', (_, query, directives) => {
    expect(atTheEdge('directives', query, directives)).toEqual(exactly('directives', directives));
  });

  it.each([
    ['the operation', 'query @a @b { __typename }'],
    ['a fragment’s definition', '{ ...F } fragment F on Query @a @b { __typename }'],
    ['a variable’s definition', 'query ($v: Int @a @b) { __typename }'],
  ])('counts those on %s, though no schema knows them', (_, query) => {
    expect(refusal(query, { directives: 1 })).toMatchObject({ limit: 'directives', actual: 2 });
  });
});

describe('the limit of tokens', () => {
  it.each([
    ['words and marks', '{ self { id } }', 6],
    ['variables and values', 'query Q($a: Int = 3) { self { few(first: $a) { id } } }', 25],
    ['a long string is one', `{ nodes(ids: "${'x'.repeat(5_000)}") { id } }`, 11],
  ])('is exact: %s', (_, query, tokens) => {
    expect(atTheEdge('tokens', query, tokens)).toEqual(exactly('tokens', tokens));
  });

  it('leaves out comments, blanks and commas', () => {
    expect(atTheEdge('tokens', '# a comment { { {\n{ self,,, { id } } # { {', 6)).toEqual(exactly('tokens', 6));
  });

  it('counts up to what is no GraphQL, which the parser then names', () => {
    expect(refusal('{ self { id ¿ } }', { tokens: 4 })).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
    expect(refusal('{ self { id ¿ } }', { tokens: 3 })).toMatchObject({ limit: 'tokens', actual: 4 });
  });
});

describe('doubled spreads', () => {
  /** 60 fragments, each spreading the next twice: written out, 2^60 of `leaf`. */
  const chain = (leaf: string): string =>
    `{ self { ...F0 } } ${Array.from({ length: 60 }, (_, level) => `fragment F${level} on Thing { ...F${level + 1} ...F${level + 1} }`).join(' ')} fragment F60 on Thing { ${leaf} }`;

  it.each([
    ['aliases', chain('a: id')],
    ['directives', chain('id @skip(if: false)')],
    [
      'rootFields',
      `{ ...F0 } ${Array.from({ length: 60 }, (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`).join(' ')} fragment F60 on Query { __typename }`,
    ],
  ] as const)('are refused at once for their %s, with a number that can be shown', (limit, query) => {
    const began = process.threadCpuUsage();
    const extensions = refusal(query, { [limit]: 1_000 }) as { limit: string; actual: number };
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(2_000);
    expect(extensions.limit).toBe(limit);
    expect(Number.isSafeInteger(extensions.actual)).toBe(true);
    expect(extensions.actual).toBeGreaterThan(1e15);
  });

  it('are refused at once for their cost', () => {
    const began = process.threadCpuUsage();
    const extensions = refusal(chain('weighed'), {}) as { limit: string; actual: number };
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(2_000);
    expect(extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'cost', actual: Number.MAX_SAFE_INTEGER });
  });

  it('may run when nothing in them is limited: they are one field', () => {
    expect(refusal(chain('id'), {})).toBe(null);
  });
});
