import { makeExecutableSchema } from '@graphql-tools/schema';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../resolvers/context.ts';
import { resolvers } from '../../resolvers/resolvers.ts';
import { createDocuments } from '../../src/graphql/documents.ts';
import { createPlannedExecutor } from '../../src/graphql/planned-executor.ts';
import { describeExecutor } from '../contracts/executor.ts';
import { createGate } from '../support/gate.ts';
import { wideLimits } from './limits/wide-limits.ts';

describeExecutor('createPlannedExecutor', createPlannedExecutor);

type Resolve = (source: unknown, given: Record<string, unknown>, ...rest: readonly unknown[]) => unknown;

const DIRECTIVES = `
  directive @cacheControl(maxAge: Int) on FIELD_DEFINITION
  directive @cost(weight: String!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int) on FIELD_DEFINITION`;

const createSmallSchema = (typeDefs: string, query: Readonly<Record<string, Resolve>>, more = {}): GraphQLSchema =>
  makeExecutableSchema({
    typeDefs: `${DIRECTIVES} ${typeDefs}`,
    resolvers: { Query: query, ...more },
    resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
  });

const createRunner = (schema: GraphQLSchema) => {
  const documents = createDocuments(schema, wideLimits());
  const executor = createPlannedExecutor(schema);
  return async (query: string, variables: Record<string, unknown> = {}) => {
    const request = { query, variables, operationName: undefined };
    const { body } = await executor.execute({
      request,
      prepared: documents.prepare(request),
      mediaType: 'application/json',
      context: {} as Context,
      onError: () => undefined,
    });
    return body.toString();
  };
};

describe('a plan', () => {
  it('shows keys in the order of the document, however late their values come', async () => {
    const gate = createGate();
    const run = createRunner(
      createSmallSchema('type Query { late: Int soon: Int now: Int }', {
        late: () => gate.pass().then(() => 1),
        soon: async () => 2,
        now: () => 3,
      }),
    );
    const asked = run('{ late soon now again: now __proto__: soon }');
    await gate.reached;
    gate.open();
    expect(await asked).toBe('{"data":{"late":1,"soon":2,"now":3,"again":3,"__proto__":2}}\n');
  });

  it('ends when all it has begun has ended, also below what is lost', async () => {
    const gate = createGate();
    const ended: string[] = [];
    const run = createRunner(
      createSmallSchema(
        'type Query { box: Box } type Box { must: Int! late: Int }',
        { box: () => ({}) },
        {
          Box: {
            must: async () => null,
            late: async () => {
              await gate.pass();
              ended.push('late');
              throw new Error('too late to be told');
            },
          },
        },
      ),
    );
    const asked = run('{ box { must late } }');
    await gate.reached;
    gate.open();
    const { data, errors } = JSON.parse(await asked);
    expect([data, errors.length, errors[0].path]).toEqual([{ box: null }, 1, ['box', 'must']]);
    expect(ended).toEqual(['late']);
  });

  it('leaves no rejection unheard of a list that is lost', async () => {
    const run = createRunner(
      createSmallSchema('type Query { list: [Int!] }', {
        list: () => [Promise.reject(new Error('one')), null, Promise.reject(new Error('three'))],
      }),
    );
    // Vitest fails whoever leaves one.
    expect(JSON.parse(await run('{ list }')).data).toEqual({ list: null });
  });

  it('reads arguments once in a run and anew in the next, and lets nobody write into them', async () => {
    const seen: object[] = [];
    const run = createRunner(
      createSmallSchema(
        'type Query { box: [Box] } type Box { of(word: String, fixed: Int = 1): String }',
        {
          box: () => [{}, {}],
        },
        {
          Box: {
            of: (_: unknown, given: { word: string }) => {
              seen.push(given);
              return given.word;
            },
          },
        },
      ),
    );
    const query = 'query ($word: String) { box { of(word: $word) } }';
    expect(JSON.parse(await run(query, { word: 'a' })).data.box).toEqual([{ of: 'a' }, { of: 'a' }]);
    expect(JSON.parse(await run(query, { word: 'b' })).data.box).toEqual([{ of: 'b' }, { of: 'b' }]);
    expect(seen[0]).toBe(seen[1]);
    expect(seen.every((given) => Object.isFrozen(given))).toBe(true);
  });

  it('names types that are found out later, and says where a resolver stands', async () => {
    const run = createRunner(
      createSmallSchema(
        'interface Thing { name: String } type Box implements Thing { name: String } type Query { things: [Thing] }',
        {
          things: () => [{}, {}],
        },
        {
          Thing: { __resolveType: async () => 'Box' },
          Box: {
            // Without named parameters: nobody can say that it takes none.
            name: (...given: readonly unknown[]) =>
              JSON.stringify((given[3] as { path: { prev: { key: number } } }).path.prev.key),
          },
        },
      ),
    );
    expect(JSON.parse(await run('{ things { __typename name } }')).data).toEqual({
      things: [
        { __typename: 'Box', name: '0' },
        { __typename: 'Box', name: '1' },
      ],
    });
  });
});

describe('createPlannedExecutor', () => {
  it('refuses a schema whose types are guessed one by one', () => {
    const schema = createSmallSchema('type Query { name: String }', { name: () => 'x' });
    const type = schema.getType('Query');
    if (!isObjectType(type)) throw new TypeError('no query');
    type.isTypeOf = () => true;
    expect(() => createPlannedExecutor(schema)).toThrow(new TypeError('Query has isTypeOf: name types by resolveType'));
  });

  it('tells where it stands every resolver of the gateway that reads it', () => {
    const hidden = Object.entries(resolvers).flatMap(([type, fields]) =>
      Object.entries(fields as Record<string, unknown>)
        .filter(([, resolve]) => typeof resolve === 'function' && resolve.length > 0 && resolve.length < 4)
        .filter(([, resolve]) => /^(?:async\s*)?\([^)]*\.\.\./.test(String(resolve)))
        .map(([field]) => `${type}.${field}`),
    );
    expect(hidden).toEqual([]);
  });
});
