import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { graphqlAddress } from './graphql-address.ts';

const URLS = [
  graphqlAddress({ query: '{ editions { code } }' }),
  '/graphql?query={',
  '/healthz',
  '/nowhere',
  '/metrics',
];
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,x-api-key',
};

const use = (variables: Readonly<Record<string, string>>): { readonly app: () => TestApp } => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ isEmpty: true, variables });
  });
  afterAll(() => app.close());
  return { app: () => app };
};

describe('CORS, when nothing is configured', () => {
  const { app } = use({});

  it('lets every site read every answer, never with credentials', async () => {
    for (const url of URLS) {
      for (const origin of ['https://reader.example', 'null', undefined]) {
        const { headers } = await app().server.inject({ url, headers: origin === undefined ? {} : { origin } });
        expect(headers['access-control-allow-origin']).toBe('*');
        expect(headers).not.toHaveProperty('access-control-allow-credentials');
        expect(String(headers['vary'])).not.toContain('Origin');
      }
    }
  });

  it('lets a site see the headers it needs', async () => {
    const { headers } = await app().server.inject({ url: '/healthz', headers: { origin: 'https://reader.example' } });
    const exposed = String(headers['access-control-expose-headers']).split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['ETag', 'Cache-Status', 'Link', 'X-Request-Id', 'Retry-After']));
  });

  it('answers a preflight without asking the route', async () => {
    const response = await app().server.inject({
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin: 'https://reader.example', ...PREFLIGHT },
    });
    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-max-age': '86400',
    });
    const allowed = String(response.headers['access-control-allow-headers']).toLowerCase().split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining(['content-type', 'authorization', 'x-api-key', 'x-request-id', 'if-none-match']),
    );
  });

  it('answers an OPTIONS request that is no preflight alike', async () => {
    const { statusCode, body } = await app().server.inject({ method: 'OPTIONS', url: '/graphql' });
    expect([statusCode, body]).toEqual([204, '']);
  });
});

describe('CORS, with a list of origins', () => {
  const { app } = use({ CORS_ORIGINS: 'https://reader.example, https://app.reader.example:8443' });

  it.each(['https://reader.example', 'https://app.reader.example:8443'])('lets %s read', async (origin) => {
    for (const url of URLS) {
      const { headers } = await app().server.inject({ url, headers: { origin } });
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  it.each([
    'https://other.example',
    'http://reader.example',
    'https://reader.example.evil.example',
    'https://evilreader.example',
    'https://reader.example:8443',
    'null',
  ])('does not let %s read', async (origin) => {
    for (const url of URLS) {
      const { headers } = await app().server.inject({ url, headers: { origin } });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
    const preflight = { method: 'OPTIONS', url: '/graphql', headers: { origin, ...PREFLIGHT } } as const;
    expect((await app().server.inject(preflight)).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('tells caches that the answer depends on who asks', async () => {
    for (const url of URLS)
      expect(String((await app().server.inject({ url })).headers['vary']).split(', ')).toContain('Origin');
    const { headers } = await app().server.inject({ url: URLS[0] ?? '' });
    expect(headers['cache-status']).toMatch(/; hit;/);
    expect(headers['vary']).toBe('Origin, Accept, Accept-Encoding, Authorization, X-Api-Key');
  });
});
