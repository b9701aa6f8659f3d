import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDocuments } from '../../../src/graphql/documents.ts';
import { RequestFailure } from '../../../src/graphql/request-failure.ts';
import { readContractOperations } from '../../contracts/contract-operations.ts';
import { readScalarSchema } from '../scalar-schema.ts';
import { defaultLimits } from './wide-limits.ts';

const schema = readScalarSchema();
const prepare = (query: string, variables: Record<string, unknown> = {}) =>
  createDocuments(schema, defaultLimits()).prepare({ query, operationName: undefined, variables });

/** What `query` is refused with. */
const refusal = (query: string): RequestFailure => {
  try {
    prepare(query);
  } catch (error) {
    if (error instanceof RequestFailure) return error;
    throw error;
  }
  throw new Error('it may run');
};

describe('the default limits', () => {
  it('let every reader’s page run, at the cost its documents were written to', (test) => {
    const variables = { edition: 'EN', slug: 'a', path: 'a', query: 'a' };
    const costs = readContractOperations(test).map(({ name, text }) => [name, prepare(text, variables).cost]);
    expect(Object.fromEntries(costs)).toEqual({
      'article-page': 433,
      'front-page': 545,
      search: 36,
      'section-listing': 242,
    });
  });

  it.each([
    ['graphql-js', {}],
    [
      'GraphiQL',
      { schemaDescription: true, inputValueDeprecation: true, specifiedByUrl: true, directiveIsRepeatable: true },
    ],
    [
      'a tool that asks for all',
      {
        schemaDescription: true,
        inputValueDeprecation: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        oneOf: true,
      },
    ],
  ])('let the introspection of %s run', (_, options) => {
    expect(prepare(getIntrospectionQuery(options)).policy.maxAgeSeconds).toBe(300);
  });

  it('refuse introspection 17 deep', () => {
    const deep = (levels: number): string => (levels === 0 ? 'name' : `ofType { ${deep(levels - 1)} }`);
    expect(prepare(`{ __type(name: "Article") { ${deep(14)} } }`).cost).toBe(0);
    expect(refusal(`{ __type(name: "Article") { ${deep(15)} } }`).errors[0]?.extensions).toMatchObject({
      limit: 'introspectionDepth',
      maximum: 16,
      actual: 17,
    });
  });

  it('refuse a query 13 deep, and let one of 12 run', () => {
    const sections = (levels: number): string => (levels === 0 ? 'id' : `parent { ${sections(levels - 1)} }`);
    const query = (depth: number): string => `{ edition(code: EN) { section(path: "a") { ${sections(depth - 3)} } } }`;
    expect(prepare(query(12)).cost).toBeGreaterThan(0);
    const { code, errors } = refusal(query(13));
    expect(code).toBe('LIMIT_EXCEEDED');
    expect(errors[0]?.message).toBe('The query has 13 levels of depth; the most allowed is 12');
    expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'depth', maximum: 12, actual: 13 });
  });

  it('refuse a page of pages for what it would read', () => {
    const query = `{ edition(code: EN) { authors(first: 100) { nodes { articles(first: 100) { nodes { headline } } } } } }`;
    expect(refusal(query).errors[0]?.extensions).toMatchObject({ limit: 'cost', maximum: 5_000 });
  });
});

/** The code `query` is refused with; null: it may run. */
const codeOf = (query: string): string | null => {
  try {
    prepare(query);
    return null;
  } catch (error) {
    return error instanceof RequestFailure ? error.code : `unforeseen: ${String(error)}`;
  }
};

const ROOM = 100_000;
const fill = (text: string): string => text.repeat(Math.floor(ROOM / text.length));
const wrap = (open: string, close: string, count: number): string => open.repeat(count) + close.repeat(count);

describe('bombs', () => {
  it.each([
    ['a hundred kilobytes of {', fill('{'), 'LIMIT_EXCEEDED'],
    ['of {a', fill('{a'), 'LIMIT_EXCEEDED'],
    ['of spreads', `{ ${fill('...F ')} } fragment F on Query { __typename }`, 'LIMIT_EXCEEDED'],
    ['of [', `{ nodes(ids: ${fill('[')}`, 'LIMIT_EXCEEDED'],
    ['of directives', `{ __typename ${fill('@a')} }`, 'LIMIT_EXCEEDED'],
    ['of operations', fill('query{a}'), 'LIMIT_EXCEEDED'],
    ['of one name', `{ ${fill('a')} }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['of one string', `{ node(id: "${fill('a')}") { id } }`, null],
    ['of a string without an end', `{ node(id: "${fill('a')}`, 'GRAPHQL_PARSE_FAILED'],
    ['of a block string of quotes', `{ node(id: """${fill('\\"""')}""") { id } }`, null],
    ['of comments', `{ __typename ${fill('#\n')} }`, null],
    ['of bytes that are no GraphQL', fill('\u0000'), 'GRAPHQL_PARSE_FAILED'],
    ['nothing', '', 'GRAPHQL_PARSE_FAILED'],
    ['as many braces as fit', `{${'a{'.repeat(900)}`, 'GRAPHQL_PARSE_FAILED'],
    ['as deep as fits', `{${'a{'.repeat(600)}b${'}'.repeat(600)}}`, 'LIMIT_EXCEEDED'],
    ['as many lists in lists as fit', `{ nodes(ids: ${wrap('[', ']', 980)}) { id } }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'as many objects in objects as fit',
      `{ nodes(ids: ${'{a:'.repeat(480)}1${'}'.repeat(480)}) { id } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'as long a type as fits',
      `query ($v: ${'['.repeat(980)}ID${']'.repeat(980)}) { nodes(ids: $v) { id } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['as many inline fragments as fit', `{${'...{'.repeat(490)}__typename${'}'.repeat(490)}}`, null],
    ['a fragment in a circle', '{ ...A } fragment A on Query { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a circle of fragments',
      '{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...C ...C } fragment C on Query { ...A ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'every fragment spreading every other',
      `{ ...F0 } ${Array.from({ length: 20 }, (_, one) => `fragment F${one} on Query { ${Array.from({ length: 20 }, (__, other) => `...F${other}`).join(' ')} }`).join(' ')}`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'doubled spreads below an address',
      `{ articleByUrl(url: "https://a.example/a") { ...F0 } } ${Array.from({ length: 60 }, (_, one) => `fragment F${one} on Article { ...F${one + 1} ...F${one + 1} }`).join(' ')} fragment F60 on Article { id }`,
      null,
    ],
    ['one field as often as fits', `{ edition(code: EN) { ${'id '.repeat(1_980)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'one object as often as fits',
      `{ edition(code: EN) { ${'navigation { label } '.repeat(490)} } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'fields that cannot be merged',
      `{ edition(code: EN) { ${Array.from({ length: 120 }, (_, i) => `section(path: "${i}") { id }`).join(' ')} } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'variables, as many as fit',
      `query (${Array.from({ length: 480 }, (_, i) => `$v${i}: ID`).join(' ')}) { __typename }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s are answered and hang nothing', (_, query, code) => {
    const began = process.threadCpuUsage();
    expect(codeOf(query)).toBe(code);
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(3_000);
  });
});
