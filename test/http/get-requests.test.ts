import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { readFailure } from './coded.ts';
import { graphqlAddress } from './graphql-address.ts';

let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp();
  port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => app.close());

const get = (parameters: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  app.server.inject({ url: graphqlAddress(parameters), headers });

/** Sends `path` byte for byte, as curl does, with nothing but the headers every HTTP client sends. */
const getBytes = (path: Buffer): Promise<{ readonly status: number | undefined; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent: false, path: path.toString('latin1') }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString('utf8') }));
    });
    sent.on('error', reject);
    sent.end();
  });

const TRANSLATED = /* GraphQL */ `
  query Edition($code: EditionCode!) {
    edition(code: $code) {
      code
    }
  }
  query Names {
    editions {
      name
    }
  }
`;

describe('GET /graphql', () => {
  it('answers a plain request that has no header of its own', async () => {
    const response = await get({ query: '{ editions { code } }' });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({ data: { editions: [{ code: 'EN' }, { code: 'AR' }, { code: 'ES' }] } });
  });

  it('takes query, variables and operationName from the address', async () => {
    const response = await get({ query: TRANSLATED, variables: '{"code":"AR"}', operationName: 'Edition' });
    expect(response.json()).toEqual({ data: { edition: { code: 'AR' } } });
  });

  it.each(['variables', 'extensions', 'operationName'])('takes an empty %s for an absent one', async (name) => {
    const response = await get({ query: '{ editions { code } }', [name]: '' });
    expect(response.json().data.editions).toHaveLength(3);
  });

  it('reads Arabic from an escaped address', async () => {
    const query = '{ edition(code: AR) { section(path: "أخبار") { name } } }';
    const { body } = await getBytes(Buffer.from(`/graphql?query=${encodeURIComponent(query)}`));
    expect(JSON.parse(body)).toEqual({ data: { edition: { section: { name: 'أخبار' } } } });
  });

  it('says of an address with letters as they are typed that they must be escaped', async () => {
    const { status, body } = await getBytes(
      Buffer.from('/graphql?query={edition(code:AR){section(path:"أخبار"){name}}}'),
    );
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ code: 'BAD_REQUEST', detail: expect.stringContaining('percent-encoded') });
  });

  it('refuses escapes that are no UTF-8', async () => {
    const told = readFailure(await app.server.inject({ url: '/graphql?query=%7Beditions%7Bcode%7D%7D%23%FF' }));
    expect(told).toMatchObject({ shape: 'graphql', status: 400, code: 'BAD_REQUEST' });
    expect(told.message).toBe('The address is not UTF-8');
  });

  it.each(['{ editions { code } } # 100%', '{ editions { code } } # %zz'])(
    'lets a percent sign stand: %s',
    async (query) => {
      expect(
        (await app.server.inject({ url: `/graphql?query=${query.replaceAll(' ', '+').replaceAll('#', '%23')}` }))
          .statusCode,
      ).toBe(200);
    },
  );

  it('refuses a mutation, saying what would take it', async () => {
    const response = await get({
      query: 'mutation { recordEngagement(input: { articleId: "x", kind: VIEW }) { article { id } } }',
    });
    expect(response.headers['allow']).toBe('POST');
    expect(readFailure(response)).toMatchObject({ shape: 'graphql', status: 405, code: 'BAD_REQUEST' });
  });

  it.each(['query', 'variables', 'operationName', 'extensions'])('refuses an address with two of %s', async (name) => {
    const once = { query: '{ editions { code } }', variables: '{}', operationName: '', extensions: '{}' };
    const twice = `${graphqlAddress(once)}&${new URLSearchParams({ [name]: once[name as 'query'] }).toString()}`;
    const told = readFailure(await app.server.inject({ url: twice }));
    expect(told).toMatchObject({ shape: 'graphql', status: 400, code: 'BAD_REQUEST' });
    expect(told.message).toContain(`"${name}"`);
  });

  it.each([
    ['no query', {}],
    ['an empty query', { query: ' ' }],
    ['variables that are no JSON', { query: '{ editions { code } }', variables: '{' }],
    ['variables that are an array', { query: '{ editions { code } }', variables: '[]' }],
    ['variables that are a string', { query: '{ editions { code } }', variables: '"EN"' }],
    ['extensions that are a number', { query: '{ editions { code } }', extensions: '1' }],
    ['a name that no operation has', { query: TRANSLATED, operationName: 'Other' }],
    ['two operations and no name', { query: TRANSLATED }],
  ])('refuses %s', async (_what, parameters) => {
    expect(readFailure(await get(parameters))).toMatchObject({ shape: 'graphql', status: 400, code: 'BAD_REQUEST' });
  });

  it('refuses an Accept it cannot meet', async () => {
    const told = readFailure(await get({ query: '{ editions { code } }' }, { accept: 'text/csv' }));
    expect(told).toMatchObject({ shape: 'graphql', status: 406, code: 'BAD_REQUEST' });
  });

  it.each([
    ['a document that does not parse', '{', 'GRAPHQL_PARSE_FAILED'],
    ['a field that does not exist', '{ nosuch }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of the wrong type', 'query ($c: EditionCode! = EN) { edition(code: $c) { id } }', 'BAD_USER_INPUT'],
  ])('answers %s with 200 in plain JSON and 400 in the newer media type', async (_what, query, code) => {
    const parameters = { query, variables: '{"c":"FR"}' };
    expect(readFailure(await get(parameters))).toMatchObject({ status: 200, code });
    const newer = await get(parameters, { accept: 'application/graphql-response+json' });
    expect(newer.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    expect(readFailure(newer)).toMatchObject({ status: 400, code });
  });
});

describe('HEAD /graphql', () => {
  it('gives the headers of the answer without its body', async () => {
    const url = graphqlAddress({ query: '{ editions { name } }' });
    const full = await app.server.inject({ url });
    const head = await app.server.inject({ method: 'HEAD', url });
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    const { etag, vary, ...headers } = full.headers;
    expect(head.headers).toMatchObject({
      etag,
      vary,
      'content-type': headers['content-type'],
      'content-length': headers['content-length'],
      'content-language': headers['content-language'],
    });
    expect((await app.server.inject({ method: 'HEAD', url: '/graphql?query={' })).body).toBe('');
  });

  it('does not run a mutation either', async () => {
    const query = 'mutation { recordEngagement(input: { articleId: "x", kind: VIEW }) { article { id } } }';
    const head = await app.server.inject({ method: 'HEAD', url: graphqlAddress({ query }) });
    expect(head.statusCode).toBe(405);
  });
});

describe('another method on /graphql', () => {
  it.each(['PUT', 'PATCH', 'DELETE'] as const)('%s is refused, naming those that are taken', async (method) => {
    for (const payload of [undefined, 'text']) {
      const response = await app.server.inject({
        method,
        url: '/graphql',
        ...(payload === undefined ? {} : { payload }),
      });
      expect(response.headers['allow']).toBe('GET, HEAD, POST');
      expect(readFailure(response)).toMatchObject({ shape: 'graphql', status: 405, code: 'BAD_REQUEST' });
    }
  });
});
