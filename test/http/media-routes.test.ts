import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { readFailure } from './coded.ts';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

describe('GET /media', () => {
  it('serves the pictures of the newsroom as what they are, and so that they can run nothing', async () => {
    const response = await app.server.inject({ url: '/media/harbour-dawn.svg' });
    expect(response.statusCode).toBe(200);
    expect(response.body).toMatch(/^<svg /);
    expect(response.headers).toMatchObject({
      'content-type': expect.stringMatching(/^image\/svg\+xml/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=86400',
    });
    const again = await app.server.inject({
      url: '/media/harbour-dawn.svg',
      headers: { 'if-none-match': String(response.headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
  });

  it('serves renditions as WebP that anyone may keep for a day', async () => {
    const response = await app.server.inject({ url: '/media/harbour-dawn-640.webp' });
    expect(response.statusCode).toBe(200);
    expect(response.rawPayload.toString('latin1', 0, 12)).toMatch(/^RIFF.{4}WEBP$/s);
    expect(response.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': String(response.rawPayload.length),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=86400',
    });
    const again = await app.server.inject({
      url: '/media/harbour-dawn-640.webp',
      headers: { 'if-none-match': String(response.headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
  });

  it('serves every picture the demo newsroom names', async () => {
    const query =
      '{ editions { articles(first: 50) { nodes { lead { ... on Image { url } ... on Infographic { image { url } } } } } } }';
    const { body } = await app.server.inject({ method: 'POST', url: '/graphql', payload: { query } });
    const paths = new Set([...body.matchAll(/https:\/\/news\.example(\/media\/[^"]+)/g)].map(([, path]) => path ?? ''));
    expect(paths.size).toBeGreaterThan(10);
    for (const url of paths) expect([url, (await app.server.inject({ url })).statusCode]).toEqual([url, 200]);
  });

  it.each([
    '/media/',
    '/media/nothing.svg',
    '/media/../package.json',
    '/media/..%2f..%2f..%2fpackage.json',
    '/media/%2e%2e/%2e%2e/newsroom.yaml',
    '/media/..%5c..%5cpackage.json',
    '/media/....//....//package.json',
    '/media/%2fetc%2fpasswd',
    '/media//etc/passwd',
    '/media/harbour-dawn.svg/',
    '/media/harbour-dawn.svg%00.png',
    '/media/.hidden',
    '/media/content-lexicon/%2e',
  ])('serves nothing else: %s', async (url) => {
    const response = await app.server.inject({ url });
    const { shape, status, message } = readFailure(response);
    expect(shape).toBe('problem');
    expect([400, 403, 404]).toContain(status);
    expect(message).not.toMatch(/src|demo|pictures|\/work/);
  });

  it('answers a range beyond the picture with a code', async () => {
    const response = await app.server.inject({
      url: '/media/harbour-dawn.svg',
      headers: { range: 'bytes=999999999-' },
    });
    expect(readFailure(response)).toMatchObject({ shape: 'problem', status: 416, code: 'BAD_REQUEST' });
  });

  it('is not there when a deployment has no pictures of its own', async () => {
    const bare = await createTestApp({ isEmpty: true, swap: { mediaDirectory: undefined as never } });
    expect(readFailure(await bare.server.inject({ url: '/media/harbour-dawn.svg' }))).toMatchObject({ status: 404 });
    await bare.close();
  });
});
