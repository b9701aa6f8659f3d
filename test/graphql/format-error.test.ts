import { makeExecutableSchema } from '@graphql-tools/schema';
import { execute, GraphQLError, GraphQLScalarType, parse, type ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { GatewayError, LimitError, StoreError } from '../../src/errors.ts';
import { codeOf, formatError, originOf, storeOf } from '../../src/graphql/format-error.ts';

const SECRET = 'tell-tale of /srv/masthead, SELECT 1';

const fail = (failure: unknown) => () => {
  throw failure;
};
const schema = makeExecutableSchema({
  typeDefs: `
    scalar Odd
    interface Thing { id: ID }
    type Query {
      gateway: Int  store: Int  limit: Int  plain: Int  text: Int  graphql: Int  disguised: Int  wrapped: Int
      count: Int  must: Int!  odd: Odd  thing: Thing  list: [Int]
      echo(n: Int!, odd: Odd): Int
    }`,
  resolvers: {
    Odd: new GraphQLScalarType({ name: 'Odd', serialize: fail(new Error(SECRET)) }),
    Query: {
      gateway: fail(new GatewayError('NOT_FOUND', 'No such thing', { cause: new Error(SECRET) })),
      store: fail(new StoreError('wordpress', 'STORE_TIMEOUT', { cause: new Error(SECRET) })),
      limit: fail(new LimitError('depth', 12, 13, 'Too deep')),
      plain: fail(new Error(SECRET)),
      text: fail(SECRET),
      graphql: fail(new GraphQLError(SECRET, { extensions: { code: 'NOT_FOUND', stacktrace: [SECRET] } })),
      disguised: fail(Object.assign(new Error(SECRET), { code: 'NOT_FOUND', extensions: { code: 'NOT_FOUND' } })),
      wrapped: fail(new GraphQLError('outer', { originalError: new GatewayError('FORBIDDEN', 'Not for you') })),
      count: () => SECRET,
      must: () => null,
      odd: () => 1,
      thing: () => ({ id: 1 }),
      list: () => SECRET.length,
      echo: (_: unknown, { n }: { n: number }) => n,
    },
  },
  resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
});

/** The one error of `query`. */
const errorOf = (query: string, variableValues: Readonly<Record<string, unknown>> = {}): GraphQLError => {
  const { errors = [] } = execute({ schema, document: parse(query), variableValues }) as ExecutionResult;
  expect(errors).toHaveLength(1);
  return errors[0] as GraphQLError;
};

describe('formatError', () => {
  it('gives a fault its code, its message and what it says beyond them', () => {
    const place = { locations: [{ line: 1, column: 3 }] };
    expect(formatError(errorOf('{ gateway }'))).toEqual({
      message: 'No such thing',
      path: ['gateway'],
      ...place,
      extensions: { code: 'NOT_FOUND' },
    });
    expect(formatError(errorOf('{ store }'))).toEqual({
      message: 'wordpress did not answer in time',
      path: ['store'],
      ...place,
      extensions: { code: 'STORE_TIMEOUT', store: 'wordpress' },
    });
    expect(formatError(errorOf('{ limit }')).extensions).toEqual({
      code: 'LIMIT_EXCEEDED',
      limit: 'depth',
      maximum: 12,
      actual: 13,
    });
    expect(formatError(errorOf('{ wrapped }'))).toMatchObject({
      message: 'Not for you',
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it.each([
    ['an error of ours', 'plain'],
    ['a text that was thrown', 'text'],
    ['an error of the GraphQL library with a code of its own', 'graphql'],
    ['an error that looks like a fault', 'disguised'],
    ['a value that does not fit its type', 'count'],
    ['a scalar that cannot write its value', 'odd'],
    ['a null where none may be', 'must'],
    ['an object nobody can name', 'thing { id }'],
    ['a list that is none', 'list'],
  ])('tells nothing of %s but where it was', (_what, field) => {
    expect(formatError(errorOf(`{ ${field} }`))).toEqual({
      message: 'Internal error',
      path: [field.split(' ')[0]],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'INTERNAL' },
    });
  });

  it('tells the client what is wrong with a value it gave', () => {
    const { message, extensions } = formatError(errorOf('query ($n: Int) { echo(n: $n) }', { n: null }));
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(message).toMatch(/"n"/);
    expect(formatError(errorOf('query ($n: Int) { echo(n: $n) }')).extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });
});

describe('originOf', () => {
  it('finds what was thrown under every wrapping, and stops where there is none', () => {
    const thrown = new Error(SECRET);
    const wrapped = new GraphQLError('outer', { originalError: new GraphQLError('inner', { originalError: thrown }) });
    expect(originOf(wrapped)).toBe(thrown);
    expect(originOf(thrown)).toBe(thrown);
    expect(originOf(undefined)).toBeUndefined();
  });
});

describe('codeOf and storeOf', () => {
  it('name the fault and, where a store failed, the store', () => {
    expect([codeOf(errorOf('{ store }')), storeOf(errorOf('{ store }'))]).toEqual(['STORE_TIMEOUT', 'wordpress']);
    expect([codeOf(errorOf('{ gateway }')), storeOf(errorOf('{ gateway }'))]).toEqual(['NOT_FOUND', '']);
    expect([codeOf('text'), storeOf(undefined)]).toEqual(['INTERNAL', '']);
  });
});
