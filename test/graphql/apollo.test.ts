import { makeExecutableSchema } from '@graphql-tools/schema';
import { getIntrospectionQuery, type GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../resolvers/context.ts';
import { createApolloExecutor, MEDIA_TYPES, type Executor, type MediaType } from '../../src/graphql/apollo.ts';

const SECRET = 'tell-tale of /srv/masthead';
const schema = makeExecutableSchema({
  typeDefs: `
    type Query { name(of: String): String, sum(n: [Int!]): Int, fails: String, must: Query! , publicUrl: String }
    type Mutation { publish: String }`,
  resolvers: {
    Query: {
      name: (_: unknown, { of }: { of?: string }) => of ?? 'مدينة',
      sum: (_: unknown, { n }: { n: number[] }) => n.reduce((sum, value) => sum + value, 0),
      fails: () => {
        throw new Error(SECRET);
      },
      must: () => null,
      publicUrl: (_: unknown, _args: unknown, { publicUrl }: Context) => publicUrl,
    },
    Mutation: { publish: () => 'done' },
  },
});

let executor: Executor;
beforeAll(async () => {
  executor = await createApolloExecutor(schema);
});
afterAll(() => executor.stop());

const run = async (
  query: string,
  {
    variables,
    operationName,
    mediaType = 'application/json',
  }: { variables?: Record<string, unknown>; operationName?: string; mediaType?: MediaType } = {},
) => {
  const told: GraphQLError[] = [];
  const context = { publicUrl: 'https://news.example' } as Context;
  const { body, ...head } = await executor.execute({ query, operationName, variables }, mediaType, context, (error) =>
    told.push(error),
  );
  return { ...head, result: JSON.parse(body.toString('utf8')), bytes: body, told };
};

describe('createApolloExecutor', () => {
  it.each(MEDIA_TYPES)('writes a result as %s, in UTF-8', async (mediaType) => {
    const { status, contentType, result, bytes, told } = await run('{ name }', { mediaType });
    expect([status, contentType]).toEqual([200, `${mediaType}; charset=utf-8`]);
    expect(result).toEqual({ data: { name: 'مدينة' } });
    expect(bytes.includes(Buffer.from('مدينة'))).toBe(true);
    expect(told).toEqual([]);
  });

  it('hands on variables, the name of the operation, and the context', async () => {
    const query = 'query A($n: [Int!]) { sum(n: $n) } query B { publicUrl }';
    expect((await run(query, { operationName: 'A', variables: { n: [1, 2] } })).result).toEqual({ data: { sum: 3 } });
    expect((await run(query, { operationName: 'B' })).result).toEqual({ data: { publicUrl: 'https://news.example' } });
  });

  it('runs mutations, and never a cross-site check: nothing here is ambient', async () => {
    expect((await run('mutation { publish }')).result).toEqual({ data: { publish: 'done' } });
  });

  it.each(MEDIA_TYPES)('says of a field that failed only where and with which code, as %s', async (mediaType) => {
    const { status, result, told } = await run('{ name fails }', { mediaType });
    expect(status).toBe(200);
    expect(result).toEqual({
      data: { name: 'مدينة', fails: null },
      errors: [
        {
          message: 'Internal error',
          path: ['fails'],
          locations: [{ line: 1, column: 8 }],
          extensions: { code: 'INTERNAL' },
        },
      ],
    });
    // Whoever made the context is told the whole.
    expect(told.map(({ message }) => message)).toEqual([SECRET]);
  });

  it.each(MEDIA_TYPES)('answers 200 even where nothing but null is left, as %s', async (mediaType) => {
    const { status, result } = await run('{ must { name } }', { mediaType });
    expect([status, result.data, result.errors.length]).toEqual([200, null, 1]);
  });

  it('answers introspection', async () => {
    expect((await run(getIntrospectionQuery())).result).toMatchObject({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
  });
});
