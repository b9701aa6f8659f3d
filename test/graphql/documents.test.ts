import { describe, expect, it } from 'vitest';
import { createDocuments, type OperationRequest } from '../../src/graphql/documents.ts';
import { RequestFailure } from '../../src/graphql/request-failure.ts';
import { defaultLimits } from './limits/wide-limits.ts';
import { readScalarSchema } from './scalar-schema.ts';

const schema = readScalarSchema();
const createPrepare = () => {
  const documents = createDocuments(schema, defaultLimits());
  return (query: string, rest: Partial<OperationRequest> = {}) =>
    documents.prepare({ query, operationName: undefined, variables: undefined, ...rest });
};
const prepare = createPrepare();

const failureOf = (query: string, rest: Partial<OperationRequest> = {}): RequestFailure => {
  try {
    prepare(query, rest);
  } catch (error) {
    if (error instanceof RequestFailure) return error;
    throw error;
  }
  throw new Error('it may run');
};
const told = (failure: RequestFailure): readonly unknown[] =>
  failure.errors.map(({ message, extensions }) => [extensions['code'], message]);

const TWO = 'query A { __typename } query B { editions { id } }';
const LISTING = `query ($first: Int = 20, $after: DateTime, $kinds: [ArticleKind!]) {
  edition(code: EN) { articles(first: $first, filter: { publishedAfter: $after, kinds: $kinds }) { nodes { id } } }
}`;

describe('prepare', () => {
  it('reads one text once', () => {
    const text = '{ editions { id } }';
    expect(prepare(text).operation).toBe(prepare(text).operation);
    expect(createPrepare()(text).operation).not.toBe(prepare(text).operation);
  });

  it('gives the same text for the same meaning, whatever its blanks, commas and comments', () => {
    const one = prepare('{editions{id,name}}').documentDigest;
    expect(prepare('# all desks\nquery {\n  editions { id name }\n}').documentDigest).toBe(one);
    expect(prepare('{ editions { name id } }').documentDigest).not.toBe(one);
    expect(prepare('query Named { editions { id name } }').documentDigest).not.toBe(one);
  });

  it('fills in defaults, leaves out what was not asked for, and reads scalars', () => {
    expect(prepare(LISTING).variables).toEqual({ first: 20 });
    expect(prepare(LISTING, { variables: { first: 5, unknown: 1, kinds: 'NEWS' } }).variables).toEqual({
      first: 5,
      kinds: ['NEWS'],
    });
    expect(prepare(LISTING, { variables: { after: '2026-11-23T10:31:00.750+03:00' } }).variables).toEqual({
      first: 20,
      after: Date.parse('2026-11-23T07:31:00Z'),
    });
  });

  it('says what the request costs with these variables', () => {
    expect(prepare(LISTING, { variables: { first: 1 } }).cost).toBe(1 + 1);
    expect(prepare(LISTING, { variables: { first: 100 } }).cost).toBe(1 + 100);
  });

  it('refuses the same bad text again, as if it had never seen it', () => {
    expect(told(failureOf('{ nothing }'))).toEqual(told(failureOf('{ nothing }')));
  });
});

describe('prepare, choosing the operation', () => {
  it('takes the only one, or the one that is named', () => {
    expect(prepare('query Only { __typename }').operation.name?.value).toBe('Only');
    expect(prepare(TWO, { operationName: 'A' }).operation.name?.value).toBe('A');
    expect(prepare(TWO, { operationName: 'B' }).operation.name?.value).toBe('B');
  });

  it.each([
    ['none is named among several', undefined, 'The document has 2 operations: say which with operationName'],
    ['an unknown one is named', 'C', 'The document has no operation of that name'],
    ['a name of JavaScript’s own is named', '__proto__', 'The document has no operation of that name'],
    ['an empty one is named', '', 'The document has no operation of that name'],
  ])('answers BAD_REQUEST when %s', (_, operationName, message) => {
    expect(told(failureOf(TWO, { operationName }))).toEqual([['BAD_REQUEST', message]]);
  });

  it('decides the policy of each operation by itself', () => {
    const text =
      'query Kept { editions { id } } mutation Counted { recordEngagement(input: {articleId: "x", kind: VIEW}) { article { id } } }';
    expect(prepare(text, { operationName: 'Kept' }).policy.maxAgeSeconds).toBe(300);
    expect(prepare(text, { operationName: 'Counted' }).policy.maxAgeSeconds).toBe(0);
  });
});

describe('prepare, of what is no document', () => {
  it.each([
    ['', 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Unexpected <EOF>.'],
    ['{ editions { id }', 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Expected Name, found <EOF>.'],
    [
      '{ editions { nmae } }',
      'GRAPHQL_VALIDATION_FAILED',
      'Cannot query field "nmae" on type "Edition". Did you mean "name"?',
    ],
    ['type A { a: Int }', 'GRAPHQL_VALIDATION_FAILED', 'The "A" definition is not executable.'],
    ['fragment F on Query { __typename }', 'GRAPHQL_VALIDATION_FAILED', 'Fragment "F" is never used.'],
    ['{ node(id: $id) { id } }', 'GRAPHQL_VALIDATION_FAILED', 'Variable "$id" is not defined.'],
    [
      '{ edition(code: FR) { id } }',
      'GRAPHQL_VALIDATION_FAILED',
      'Value "FR" does not exist in "EditionCode" enum. Did you mean the enum value "AR"?',
    ],
    [
      'query A { __typename } { __typename }',
      'GRAPHQL_VALIDATION_FAILED',
      'This anonymous operation must be the only defined operation.',
    ],
    ['subscription { anything }', 'GRAPHQL_VALIDATION_FAILED', 'This gateway has no subscriptions'],
  ])('%j is %s: %s', (query, code, message) => {
    expect(told(failureOf(query))[0]).toEqual([code, message]);
  });

  it('says where', () => {
    expect(failureOf('{\n  editions { nmae }\n}').errors[0]?.locations).toEqual([{ line: 2, column: 14 }]);
    expect(failureOf('{\n  editions {').errors[0]?.locations).toEqual([{ line: 2, column: 13 }]);
  });

  it('stops after twenty reasons', () => {
    const { errors } = failureOf(
      `{ ${Array.from({ length: 9 }, (_, i) => `no${i}`).join(' ')} editions { ${Array.from({ length: 30 }, (_, i) => `no${i}`).join(' ')} } }`,
    );
    expect(errors).toHaveLength(21);
    expect(errors[20]?.message).toMatch(/Validation aborted/);
  });
});

describe('prepare, of wrong values', () => {
  const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const BY_URL = 'query ($url: URL!) { route(url: $url) { __typename } }';

  it.each([
    [NODES, {}, 'Variable "$ids" of required type "[ID!]!" was not provided.'],
    [NODES, { ids: null }, 'Variable "$ids" of non-null type "[ID!]!" must not be null.'],
    [NODES, { ids: ['a', {}] }, 'Variable "$ids" got invalid value {} at "ids[1]"; ID cannot represent value: {}'],
    [
      LISTING,
      { first: 'many' },
      'Variable "$first" got invalid value "many"; Int cannot represent non-integer value: "many"',
    ],
    [
      LISTING,
      { first: 1e12 },
      'Variable "$first" got invalid value 1000000000000; Int cannot represent non 32-bit signed integer value: 1000000000000',
    ],
    [
      LISTING,
      { kinds: ['GOSSIP'] },
      'Variable "$kinds" got invalid value "GOSSIP" at "kinds[0]"; Value "GOSSIP" does not exist in "ArticleKind" enum.',
    ],
    [
      LISTING,
      { after: 'yesterday' },
      'Variable "$after" got invalid value "yesterday"; Expected type "DateTime". DateTime must be an RFC 3339 instant with an offset, e.g. 2026-11-23T10:31:00+03:00',
    ],
    [
      BY_URL,
      { url: '/en' },
      'Variable "$url" got invalid value "/en"; Expected type "URL". URL must be an absolute http(s) address',
    ],
  ])('answers BAD_USER_INPUT and says which: %s %j', (query, variables, message) => {
    expect(told(failureOf(query, { variables }))).toEqual([['BAD_USER_INPUT', message]]);
  });

  it('says the same of a value written into the document', () => {
    expect(told(failureOf('{ route(url: "ftp://x") { __typename } }'))).toEqual([
      [
        'GRAPHQL_VALIDATION_FAILED',
        'Expected value of type "URL!", found "ftp://x"; URL must be an absolute http(s) address',
      ],
    ]);
    expect(
      told(failureOf('{ edition(code: EN) { articles(filter: { publishedAfter: 5 }) { nodes { id } } } }')),
    ).toEqual([
      ['GRAPHQL_VALIDATION_FAILED', 'Expected value of type "DateTime", found 5; DateTime is written as a string'],
    ]);
  });

  it('stops after twenty values that are wrong, however many there are', () => {
    const kinds = Array.from({ length: 20_000 }, () => 'a');
    expect(failureOf(LISTING, { variables: { kinds } }).errors.length).toBeLessThanOrEqual(21);
  });

  it('shows nothing of the program: no stack, file or cause', () => {
    const failures = [
      failureOf('{'),
      failureOf('{ nothing }'),
      failureOf(LISTING, { variables: { after: 'x' } }),
      failureOf('{ route(url: "x") { __typename } }'),
      failureOf(TWO),
      failureOf(`{ ${'a: __typename '.repeat(50)} }`),
    ];
    for (const { errors } of failures) {
      expect(errors.length).toBeGreaterThan(0);
      expect(JSON.stringify(errors)).not.toMatch(/\.ts|\.js|node_modules|stack|cause|originalError|GatewayError/);
      for (const error of errors)
        expect(Object.keys(error.toJSON()).toSorted()).toEqual(expect.arrayContaining(['extensions', 'message']));
    }
  });
});
