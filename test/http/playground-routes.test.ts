import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playgroundRoutes } from '../../src/http/playground-routes.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'; connect-src 'self';",
  "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join(' ');

let directory: string;
let app: FastifyInstance;

const start = async (assetsDirectory: string): Promise<void> => {
  app = fastify();
  await app.register(playgroundRoutes, { assetsDirectory });
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'masthead-playground-'));
});

afterEach(async () => {
  await app.close();
  rmSync(directory, { recursive: true });
});

describe('playgroundRoutes, built', () => {
  beforeEach(async () => {
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'index.html'), '<title>built</title>');
    writeFileSync(join(directory, 'assets/main-abc.js'), 'run()');
    writeFileSync(join(directory, 'assets/main-abc.js.br'), brotliCompressSync('run()'));
    writeFileSync(join(directory, 'secret.txt'), 'beside the assets');
    await start(directory);
  });

  it('gives a browser the page, under a policy that lets it load nothing from elsewhere', async () => {
    const response = await app.inject({ url: '/', headers: BROWSER });
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('<title>built</title>');
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
      vary: 'Accept',
    });
  });

  it.each(['*/*', 'application/json', undefined, 'text/html;q=0, application/json'])(
    'tells a client that accepts %s where GraphQL is',
    async (accept) => {
      const response = await app.inject({ url: '/', headers: accept === undefined ? {} : { accept } });
      expect(response.statusCode).toBe(200);
      expect(response.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', vary: 'Accept' });
      expect(response.body).toContain('/graphql');
    },
  );

  it('answers HEAD as it answers GET', async () => {
    const response = await app.inject({ method: 'HEAD', url: '/', headers: BROWSER });
    expect([response.statusCode, response.body]).toEqual([200, '']);
    expect(response.headers['content-security-policy']).toBe(POLICY);
  });

  it('lets a browser keep an asset for good, since another build has another name', async () => {
    const response = await app.inject({ url: '/playground/assets/main-abc.js' });
    expect(response.body).toBe('run()');
    expect(response.headers).toMatchObject({
      'content-type': expect.stringMatching(/^(text|application)\/javascript/),
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    });
  });

  it('sends the compressed copy to whoever takes it', async () => {
    const headers = { 'accept-encoding': 'gzip, br' };
    const response = await app.inject({ url: '/playground/assets/main-abc.js', headers });
    expect(response.headers).toMatchObject({
      'content-encoding': 'br',
      vary: expect.stringMatching(/accept-encoding/i),
    });
    expect(brotliDecompressSync(response.rawPayload).toString()).toBe('run()');
  });

  it.each(['none.js', '../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', ''])(
    'serves nothing at /playground/assets/%s',
    async (name) => {
      const response = await app.inject({ url: `/playground/assets/${name}` });
      expect(response.statusCode).toBeGreaterThanOrEqual(400);
      expect(response.statusCode).toBeLessThan(500);
      expect(response.body).not.toContain('beside the assets');
    },
  );
});

describe('playgroundRoutes, not built', () => {
  beforeEach(() => start(join(directory, 'nothing')));

  it('tells a browser which command builds it', async () => {
    const response = await app.inject({ url: '/', headers: BROWSER });
    expect(response.statusCode).toBe(503);
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
    });
    expect(response.body).toContain('npm run prepare');
  });

  it('still tells every other client where GraphQL is', async () => {
    const response = await app.inject({ url: '/', headers: { accept: '*/*' } });
    expect([response.statusCode, response.body]).toEqual([200, expect.stringContaining('/graphql')]);
  });
});
