import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/test-database.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

/** What graphql-http 1.23.1 asks of a server; a newer release may ask for more. */
const AUDIT_COUNT = 61;

/** Every database, and both ways of running a document. */
const SETTINGS = [
  ...databaseKinds.map((kind) => ({ kind, QUERY_COMPILE: 'true' }) as const),
  { kind: 'postgres', QUERY_COMPILE: 'false' } as const,
];

describe.each(SETTINGS)('GraphQL over HTTP, as graphql-http audits it: %o', ({ kind, ...variables }) => {
  let app: TestApp;
  let url: string;

  beforeAll(async () => {
    app = await createTestApp({ kind, variables, isEmpty: true });
    url = `${await app.server.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
  });
  afterAll(() => app.close());

  // The second round meets answers that are kept already.
  it.each(['cold', 'warm'])('passes every audit without a remark, %s', async (temperature) => {
    const results = await auditServer({ url });
    const remarks = await Promise.all(
      results
        .filter(({ status }) => status !== 'ok')
        .map(async (result) => ({
          id: result.id,
          name: result.name,
          status: result.status,
          reason: 'reason' in result ? result.reason : '',
          body: 'response' in result ? await result.response.text().catch(() => 'read already') : '',
        })),
    );
    expect(remarks).toEqual([]);
    expect(new Set(results.map(({ id }) => id)).size).toBe(AUDIT_COUNT);
    const { values } = await app.server
      .inject({ url: '/graphql', query: { query: '{ __typename }' } })
      .then(({ headers }) => ({ values: String(headers['cache-status']) }));
    expect(values, `the ${temperature} round leaves the audits' query in the cache`).toMatch(/^masthead; hit;/);
  });
});
