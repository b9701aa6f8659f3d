import { describe, expect, it } from 'vitest';
import { createCdnHeaders } from '../../src/cdn/cdn-headers.ts';
import { purgeKeysOf } from '../../src/cdn/surrogate-keys.ts';
import type { Entry } from '../../src/content/answer.ts';
import { answer } from '../cache/answer.ts';
import { createHandFollower } from '../cache/hand-follower.ts';

const setUp = (maxAgeSeconds = 300) => {
  const follower = createHandFollower();
  const purging = { keepsUp: true };
  const headersOf = createCdnHeaders({ follower, keepsUp: () => purging.keepsUp, maxAgeSeconds });
  const entry = (rest: Partial<Entry> = {}): Entry => ({
    ...answer('page', { maxAgeSeconds: 300 }),
    fence: follower.applied(),
    epoch: follower.epoch(),
    filledAt: 0,
    ...rest,
  });
  return { follower, purging, headersOf, entry };
};

const lifeOf = (headers: { readonly 'cdn-cache-control': string } | undefined): string | undefined =>
  headers?.['cdn-cache-control'];

describe('cdnHeadersOf', () => {
  it('gives the CDN the rest of the answer’s life and the keys that end it sooner', () => {
    const { headersOf, entry } = setUp();
    const headers = headersOf(entry(), 100_000);
    expect(lifeOf(headers)).toBe('max-age=200, must-revalidate');
    expect(headers?.['surrogate-key'].split(' ')).toContain(purgeKeysOf('article:art')[0]);
  });

  it('lets nothing outlive its next time boundary', () => {
    const { headersOf, entry } = setUp();
    expect(lifeOf(headersOf(entry({ boundaryAt: 20_900 }), 0))).toBe('max-age=20, must-revalidate');
    expect(headersOf(entry({ boundaryAt: 20_900 }), 20_500)).toBeUndefined();
  });

  it('gives no more than the operator allows', () => {
    const { headersOf, entry } = setUp(60);
    expect(lifeOf(headersOf(entry(), 0))).toBe('max-age=60, must-revalidate');
  });

  it('gives nothing to keep of what a change has overtaken: its purge is on its way already', () => {
    const { follower, headersOf, entry } = setUp();
    const overtaken = entry();
    follower.change('article:art');
    expect(headersOf(overtaken, 0)).toBeUndefined();
    expect(headersOf(entry(), 0)).toBeDefined();
  });

  it('gives nothing to keep of another log', () => {
    const { follower, headersOf, entry } = setUp();
    const before = entry();
    follower.joinEpoch('epoch-2', 0);
    expect(headersOf(before, 0)).toBeUndefined();
  });

  it('gives nothing to keep while the change log cannot be read', () => {
    const { follower, headersOf, entry } = setUp();
    follower.trust(false);
    expect(headersOf(entry(), 0)).toBeUndefined();
  });

  it('gives nothing to keep while purges do not go through', () => {
    const { purging, headersOf, entry } = setUp();
    purging.keepsUp = false;
    expect(headersOf(entry(), 0)).toBeUndefined();
  });

  it.each([
    ['for one caller', { scope: 'PRIVATE' as const }],
    ['not to be kept', { maxAgeSeconds: 0 }],
  ])('gives nothing to keep of an answer that is %s', (_, rest) => {
    const { headersOf, entry } = setUp();
    expect(headersOf(entry(rest), 0)).toBeUndefined();
  });

  it('gives nothing to keep of an answer that is too old', () => {
    const { headersOf, entry } = setUp();
    expect(headersOf(entry(), 300_000)).toBeUndefined();
  });
});
