import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { readFailure } from './coded.ts';

const BODY_MAX_KILOBYTES = 8;

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ isEmpty: true, variables: { BODY_MAX_KILOBYTES: String(BODY_MAX_KILOBYTES) } });
});
afterAll(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json' };

const post = (payload: string | Buffer | undefined, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  app.server.inject({ method: 'POST', url: '/graphql', headers, ...(payload === undefined ? {} : { payload }) });

const QUERY = JSON.stringify({ query: '{ editions { code } }' });

describe('POST /graphql', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'APPLICATION/JSON',
  ])('takes a body of %s', async (type) => {
    expect((await post(QUERY, { 'content-type': type })).json().data.editions).toHaveLength(3);
  });

  it('takes null for what may be left out, and what it does not know', async () => {
    const body = { query: '{ editions { code } }', operationName: null, variables: null, extensions: null, id: 1 };
    expect((await post(JSON.stringify(body))).statusCode).toBe(200);
  });

  it('takes a byte order mark before the JSON', async () => {
    expect((await post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(QUERY)]))).statusCode).toBe(200);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'query=%7B__typename%7D'],
    ['plain text', 'text/plain', QUERY],
    ['an upload', 'multipart/form-data; boundary=x', '--x--'],
    ['raw GraphQL', 'application/graphql', '{ __typename }'],
    ['JSON in Latin 1', 'application/json; charset=iso-8859-1', QUERY],
    ['JSON in UTF-16', 'application/json; charset=utf-16le', Buffer.from(QUERY, 'utf16le')],
    ['a type that only begins like JSON', 'application/jsonp', QUERY],
    ['a type that is none', 'nonsense', QUERY],
  ])('refuses %s', async (_what, type, payload) => {
    const told = readFailure(await post(payload, { 'content-type': type }));
    expect(told).toMatchObject({ shape: 'graphql', status: 415, code: 'BAD_REQUEST' });
    expect(told.message).toContain('application/json');
  });

  it('refuses a body without a type, and a packed one', async () => {
    expect(readFailure(await post(QUERY, {}))).toMatchObject({ shape: 'graphql', status: 415, code: 'BAD_REQUEST' });
    const packed = await post(gzipSync(QUERY), { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect(readFailure(packed)).toMatchObject({ shape: 'graphql', status: 415, code: 'BAD_REQUEST' });
  });

  it.each<[string, string | Buffer | undefined]>([
    ['no body', undefined],
    ['an empty body', ''],
    ['broken JSON', '{"query": "{ editions { code } }"'],
    ['bytes that are no UTF-8', Buffer.from([...Buffer.from('{"query":"{ editions { code } } #'), 0xff, 0x22, 0x7d])],
    ['an empty batch', '[]'],
    ['a batch', `[${QUERY},${QUERY}]`],
    ['a string', '"{ editions { code } }"'],
    ['a number', '1'],
    ['null', 'null'],
    ['no query', '{}'],
    ['a query that is null', '{"query":null}'],
    ['a query that is no text', '{"query":{}}'],
    ['a query of blanks', '{"query":" \\n"}'],
    ['an operation name that is no text', '{"query":"{ __typename }","operationName":1}'],
    ['variables that are an array', '{"query":"{ __typename }","variables":[]}'],
    ['variables that are text', '{"query":"{ __typename }","variables":"{}"}'],
    ['variables that are a number', '{"query":"{ __typename }","variables":0}'],
    ['variables that are false', '{"query":"{ __typename }","variables":false}'],
    ['extensions that are an array', '{"query":"{ __typename }","extensions":[]}'],
  ])('refuses %s', async (_what, payload) => {
    const told = readFailure(await post(payload));
    expect(told).toMatchObject({ shape: 'graphql', status: 400, code: 'BAD_REQUEST' });
    expect(told.message).not.toMatch(/position \d|Unexpected token/);
  });

  it('refuses a body over BODY_MAX_KILOBYTES, whether its length is told or not', async () => {
    const limit = BODY_MAX_KILOBYTES * 1024;
    const filled = (length: number): string => `${QUERY}${' '.repeat(length - QUERY.length)}`;
    expect((await post(filled(limit))).statusCode).toBe(200);
    expect(readFailure(await post(filled(limit + 1)))).toMatchObject({
      shape: 'graphql',
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    });
    const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
    const streamed = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: new Blob([filled(limit + 1)]).stream(),
      duplex: 'half',
    });
    expect(
      readFailure({
        statusCode: streamed.status,
        headers: Object.fromEntries(streamed.headers),
        body: await streamed.text(),
      }),
    ).toMatchObject({ shape: 'graphql', status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('writes a refusal in the media type that was asked for', async () => {
    const response = await post('{', { ...JSON_TYPE, accept: 'application/graphql-response+json' });
    expect(response.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    expect(readFailure(response)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('survives JSON nested as deep as a body can be', async () => {
    const half = (BODY_MAX_KILOBYTES * 1024) / 2 - 50;
    const nested = `{"query":"query ($x: EditionCode) { edition(code: EN) { id } }","variables":{"x":${'['.repeat(half)}${']'.repeat(half)}}}`;
    expect((await post(nested)).statusCode).toBeLessThan(500);
  });
});
