import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createGate } from '../support/gate.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { readFailure } from './coded.ts';
import { graphqlAddress } from './graphql-address.ts';
import { createRecordingLogger } from './recording-logger.ts';

const nested = (depth: number): string =>
  `{ edition(code: EN) { section(path: "news") ${'{ parent '.repeat(depth - 3)}{ id }${' }'.repeat(depth - 3)} } }`;
const introspected = (depth: number): string =>
  `{ __type(name: "Query") { fields { type ${'{ ofType '.repeat(depth - 4)}{ name }${' }'.repeat(depth - 4)} } } }`;

interface Refused {
  readonly limit: string;
  readonly maximum: number;
  /** A query with exactly `size` of it. */
  readonly queryOf: (size: number) => string;
}

const REFUSED: readonly Refused[] = [
  { limit: 'tokens', maximum: 2_000, queryOf: (size) => `{ editions { ${'id '.repeat(size - 5)}} }` },
  { limit: 'depth', maximum: 12, queryOf: nested },
  { limit: 'introspectionDepth', maximum: 16, queryOf: introspected },
  {
    limit: 'aliases',
    maximum: 30,
    queryOf: (size) => `{ editions { ${[...Array(size).keys()].map((n) => `a${n}: __typename `).join('')} } }`,
  },
  { limit: 'rootFields', maximum: 10, queryOf: (size) => `{ ${'__typename '.repeat(size)} }` },
  {
    limit: 'directives',
    maximum: 30,
    queryOf: (size) =>
      `{ editions { ${[...Array(size).keys()].map((n) => `id @include(if: ${n % 2 === 0}) `).join('')} } }`,
  },
];

describe('a limit', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  const get = (query: string, headers: Readonly<Record<string, string>> = {}) =>
    app.server.inject({ url: graphqlAddress({ query }), headers });

  it.each(REFUSED)('of $maximum $limit is kept to the last one', async ({ limit, maximum, queryOf }) => {
    for (const method of ['GET', 'POST'] as const) {
      const query = queryOf(maximum + 1);
      const response =
        method === 'GET' ? await get(query) : await app.server.inject({ method, url: '/graphql', payload: { query } });
      expect(readFailure(response)).toEqual({
        shape: 'graphql',
        status: 400,
        code: 'LIMIT_EXCEEDED',
        message: expect.stringMatching(/the most allowed is/),
        details: { limit, maximum, actual: maximum + 1 },
      });
    }
    expect((await get(queryOf(maximum))).body).not.toContain('LIMIT_EXCEEDED');
  });

  it('is counted through fragments', async () => {
    const query = `{ editions { ...A ...A } } fragment A on Edition { ${[...Array(16).keys()].map((n) => `a${n}: id `).join('')} }`;
    expect(readFailure(await get(query)).details).toEqual({ limit: 'aliases', maximum: 30, actual: 32 });
  });

  it('of cost goes by what the variables ask for', async () => {
    const query =
      'query ($n: Int = 1) { edition(code: EN) { articles(first: $n) { nodes { related(first: $n) { id } } } } }';
    const ask = (variables: object) =>
      app.server.inject({ method: 'POST', url: '/graphql', payload: { query, variables } });
    expect((await ask({})).statusCode).toBe(200);
    const told = readFailure(await ask({ n: 100 }));
    expect(told).toMatchObject({ status: 400, code: 'LIMIT_EXCEEDED', details: { limit: 'cost', maximum: 5_000 } });
    expect(told.details['actual']).toBeGreaterThan(10_000);
  });

  it('answers the newer media type with the same status', async () => {
    const told = readFailure(await get(nested(13), { accept: 'application/graphql-response+json' }));
    expect(told).toMatchObject({ status: 400, code: 'LIMIT_EXCEEDED' });
  });

  it('lets GraphiQL ask for the whole schema', async () => {
    const payload = { query: getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true }) };
    const { body } = await app.server.inject({ method: 'POST', url: '/graphql', payload });
    expect(JSON.parse(body)).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
  });
});

describe('OPERATION_TIMEOUT_MS', () => {
  it('ends a request whose store hangs, begins nothing after it, and keeps nothing', async () => {
    const gate = createGate();
    const later: string[] = [];
    const { logger, lines } = createRecordingLogger();
    const settled = Promise.withResolvers<void>();
    let stores: Stores;
    const slow = (): Stores => ({
      ...stores,
      articles: {
        ...stores.articles,
        byAddresses: async (addresses) => {
          await gate.pass();
          try {
            return await stores.articles.byAddresses(addresses);
          } finally {
            settled.resolve();
          }
        },
        bodies: async (ids) => {
          later.push('bodies');
          return stores.articles.bodies(ids);
        },
      },
      taxonomy: new Proxy(stores.taxonomy, {
        get: (taxonomy, name: keyof Stores['taxonomy']) => {
          later.push(name);
          return taxonomy[name];
        },
      }),
    });
    let isSlow = true;
    const app = await createTestApp({
      variables: { OPERATION_TIMEOUT_MS: '4000' },
      swap: { logger, storesOf: () => (isSlow ? slow() : stores) },
    });
    stores = createPostgresStores(app.database);
    const url = graphqlAddress({
      query: '{ edition(code: EN) { article(slug: "insure-the-sailor-too") { body { html } authors { name } } } }',
    });
    const asked = app.server.inject({ url, headers: { 'x-request-id': 'slow' } });
    await gate.reached;
    const told = readFailure(await asked);
    expect(told).toMatchObject({
      shape: 'graphql',
      status: 400,
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'milliseconds', maximum: 4_000 },
    });
    expect(told.details['actual']).toBeGreaterThanOrEqual(3_999);

    gate.open();
    await settled.promise;
    // By the time another request has been made, this one would have gone on to bodies and authors.
    isSlow = false;
    const whole = await app.server.inject({ url });
    expect(whole.headers['cache-status']).toBe('masthead; fwd=miss; stored');
    expect(whole.json().data.edition.article.authors).not.toHaveLength(0);
    expect(later).toEqual([]);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    await app.close();
  });
});
