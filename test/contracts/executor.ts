import { makeExecutableSchema } from '@graphql-tools/schema';
import { getIntrospectionQuery, type GraphQLError, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../resolvers/context.ts';
import { createDocuments } from '../../src/graphql/documents.ts';
import { MEDIA_TYPES, type Executor, type MediaType } from '../../src/graphql/executor.ts';
import { wideLimits } from '../graphql/limits/wide-limits.ts';

const SECRET = 'tell-tale of /srv/masthead';

const createContractSchema = (): GraphQLSchema =>
  makeExecutableSchema({
    typeDefs: `
      directive @cacheControl(maxAge: Int) on FIELD_DEFINITION
      directive @cost(weight: String!) on FIELD_DEFINITION
      directive @listSize(assumedSize: Int) on FIELD_DEFINITION
      type Query { name(of: String): String, sum(n: [Int!]): Int, fails: String, must: Query! , publicUrl: String }
      type Mutation { publish(word: String!): [String] }`,
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
      Mutation: {
        // As a promise, so that whoever does not wait for it begins the next before it is done.
        publish: async (_: unknown, { word }: { word: string }) => {
          published.push(`${word} begun`);
          await Promise.resolve();
          published.push(`${word} done`);
          return [...published];
        },
      },
    },
  });

let published: string[] = [];

/** What an executor does with one operation that may run. */
export const describeExecutor = (
  name: string,
  create: (schema: GraphQLSchema) => Executor | Promise<Executor>,
): void => {
  describe(`${name}, as an executor`, () => {
    const documents = createDocuments(createContractSchema(), wideLimits());
    let executor: Executor;
    beforeAll(async () => {
      executor = await create(createContractSchema());
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
      const request = { query, operationName, variables };
      const { body, ...head } = await executor.execute({
        request,
        prepared: documents.prepare(request),
        mediaType,
        context,
        onError: (error) => told.push(error),
      });
      return { ...head, text: body.toString('utf8'), result: JSON.parse(body.toString('utf8')), told };
    };

    it.each(MEDIA_TYPES)('writes a result as %s, in UTF-8', async (mediaType) => {
      const { status, contentType, text, told } = await run('{ name }', { mediaType });
      expect([status, contentType]).toEqual([200, `${mediaType}; charset=utf-8`]);
      expect(text).toBe('{"data":{"name":"مدينة"}}\n');
      expect(told).toEqual([]);
    });

    it('hands on variables, the name of the operation, and the context', async () => {
      const query = 'query A($n: [Int!]) { sum(n: $n) } query B { publicUrl }';
      expect((await run(query, { operationName: 'A', variables: { n: [1, 2] } })).result).toEqual({ data: { sum: 3 } });
      expect((await run(query, { operationName: 'B' })).result).toEqual({
        data: { publicUrl: 'https://news.example' },
      });
    });

    it('does the fields of a mutation one after the other', async () => {
      published = [];
      const { result } = await run('mutation { a: publish(word: "a") b: publish(word: "b") }');
      expect(result).toEqual({ data: { a: ['a begun', 'a done'], b: ['a begun', 'a done', 'b begun', 'b done'] } });
    });

    it.each(MEDIA_TYPES)('says of a field that failed only where and with which code, as %s', async (mediaType) => {
      const { status, text, told } = await run('{ name fails }', { mediaType });
      expect(status).toBe(200);
      expect(JSON.parse(text)).toEqual({
        errors: [
          {
            message: 'Internal error',
            locations: [{ line: 1, column: 8 }],
            path: ['fails'],
            extensions: { code: 'INTERNAL' },
          },
        ],
        data: { name: 'مدينة', fails: null },
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
};
