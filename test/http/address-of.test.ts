import fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { addressOf } from '../../src/http/address-of.ts';

const HEADERS = [undefined, '203.0.113.7', '198.51.100.2, 203.0.113.7', ' 198.51.100.2 ,, 203.0.113.7 ', '', 'a, b, c'];

describe.each([0, 1, 2, 5])('addressOf, behind %i proxies', (hops) => {
  const app = fastify({ trustProxy: (_, hop) => hop < hops });
  app.get('/', async (request) => ({ theirs: request.ip, ours: addressOf(request.raw, hops) }));
  afterAll(() => app.close());

  it.each(HEADERS)('is who Fastify says it is: %s', async (header) => {
    const headers = header === undefined ? {} : { 'x-forwarded-for': header };
    const { theirs, ours } = (await app.inject({ url: '/', headers })).json();
    expect(ours).toBe(theirs);
  });
});
