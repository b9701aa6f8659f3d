import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { FAULTS } from '../../src/errors.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { readFailure } from './coded.ts';
import { graphqlAddress } from './graphql-address.ts';

const ADMIN_TOKEN = 'correct-horse-battery-staple';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text format of Prometheus, line by line. */
const readSamples = (text: string): readonly Sample[] => {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .filter((line) => line !== '' && !/^# (HELP|TYPE) [a-z0-9_]+ ./.test(line))
    .map((line) => {
      const {
        name = '',
        labels = '',
        value = '',
      } = /^(?<name>[a-z0-9_]+)(?:\{(?<labels>(?:[a-z_]+="[^"\\\n]*",?)*)\})? (?<value>[-+.\deE]+|Nan|\+Inf)$/.exec(
        line,
      )?.groups ?? {};
      if (name === '') throw new TypeError(`This is no sample: ${line}`);
      return {
        name,
        labels: Object.fromEntries([...labels.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, key, said]) => [key, said])),
        value: Number(value),
      };
    });
};

describe('GET /metrics', () => {
  let app: TestApp;
  let metricsPort: number;
  beforeAll(async () => {
    metricsPort = await pickFreePort();
    app = await createTestApp({
      isEmpty: true,
      variables: { ADMIN_TOKEN, HOST: '127.0.0.1', METRICS_PORT: String(metricsPort) },
    });
    await app.start();
  });
  afterAll(() => app.close());

  const get = (authorization?: string) =>
    app.server.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } });
  const read = async (): Promise<readonly Sample[]> => readSamples((await get(`Bearer ${ADMIN_TOKEN}`)).body);

  it.each([
    ['nothing', undefined],
    ['another token', `Bearer ${ADMIN_TOKEN}x`],
    ['a part of it', `Bearer ${ADMIN_TOKEN.slice(0, -1)}`],
    ['an empty one', 'Bearer '],
    ['the token by another scheme', `Basic ${Buffer.from(`:${ADMIN_TOKEN}`).toString('base64')}`],
    ['the bare token', ADMIN_TOKEN],
  ])('refuses whoever brings %s', async (_what, authorization) => {
    const response = await get(authorization);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(readFailure(response)).toMatchObject({ shape: 'problem', status: 401, code: 'UNAUTHENTICATED' });
    expect(response.body).not.toContain('masthead_');
  });

  it.each(['Bearer', 'bearer'])('gives the figures to whoever brings the token: %s', async (scheme) => {
    const response = await get(`${scheme} ${ADMIN_TOKEN}`);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(readSamples(response.body).length).toBeGreaterThan(20);
  });

  it('counts answers by what the cache did, requests by route, and faults by code', async () => {
    const query = '{ editions { name url } }';
    for (let asked = 0; asked < 3; asked += 1) await app.server.inject({ url: graphqlAddress({ query }) });
    await app.server.inject({ url: graphqlAddress({ query: '{ nosuch }' }) });
    const samples = await read();
    const valueOf = (name: string, labels: object): number | undefined =>
      samples.find((sample) => sample.name === name && JSON.stringify(sample.labels) === JSON.stringify(labels))?.value;
    expect(valueOf('masthead_cache_answers_total', { state: 'filled' })).toBe(1);
    expect(valueOf('masthead_cache_answers_total', { state: 'hit' })).toBe(2);
    expect(valueOf('masthead_http_request_seconds_count', { route: '/graphql', status: '200' })).toBe(4);
    expect(valueOf('masthead_faults_total', { code: 'GRAPHQL_VALIDATION_FAILED', store: '' })).toBe(1);
  });

  it('has no label that a client can make up', async () => {
    const before = (await read()).length;
    for (let asked = 0; asked < 20; asked += 1) {
      const odd = `odd${asked}`;
      const headers = { 'x-request-id': odd, 'user-agent': odd, origin: `https://${odd}.example` };
      for (const url of [`/${odd}`, `/media/${odd}`, `/graphql?${odd}`, graphqlAddress({ query: `{ ${odd} }` })])
        await app.server.inject({ url, headers });
      await app.server.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query: `query ${odd} { editions { ${odd}: id } }` },
      });
    }
    await app.server.inject({ url: '/media/harbour-dawn.svg' });
    const samples = await read();
    expect(JSON.stringify(samples)).not.toContain('odd');
    const routes = new Set(samples.flatMap(({ labels }) => labels['route'] ?? []));
    expect([...routes].toSorted()).toEqual(['/graphql', '/media/*', '/metrics', 'unknown']);
    const codes = samples.flatMap(({ labels }) => labels['code'] ?? []);
    expect(codes).not.toEqual([]);
    for (const code of codes) expect(FAULTS).toHaveProperty(code);
    expect(samples.length - before).toBeLessThan(100);
  });

  it('is open on METRICS_PORT, where nothing else is', async () => {
    const url = `http://127.0.0.1:${metricsPort}`;
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    expect(readSamples(await response.text()).length).toBeGreaterThan(20);
    for (const path of ['/', '/graphql?query={__typename}', '/healthz', '/media/harbour-dawn.svg', '/%']) {
      const other = await fetch(`${url}${path}`);
      const told = { statusCode: other.status, headers: Object.fromEntries(other.headers), body: await other.text() };
      expect(readFailure(told).status).toBe(path === '/%' ? 400 : 404);
    }
  });
});

describe('GET /metrics without ADMIN_TOKEN', () => {
  it('is nobody’s', async () => {
    const app = await createTestApp({ isEmpty: true });
    for (const authorization of ['', 'Bearer undefined', 'Bearer null', 'Bearer ', `Bearer ${ADMIN_TOKEN}`]) {
      const response = await app.server.inject({ url: '/metrics', headers: { authorization } });
      expect(readFailure(response)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
    await app.close();
  });
});
