import { describe, expect, it } from 'vitest';
import { writeEntryHeaders, type Sent } from '../../src/http/entry-headers.ts';
import { packBody } from '../../src/http/packed-body.ts';
import { answer } from '../cache/answer.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const packed = await packBody({ body: Buffer.from('{}') }, 'identity');

/** The headers of an answer made `age` seconds ago, to live 60, that came about so. */
const headersOf = (age: number, sent: Partial<Sent>): Readonly<Record<string, string>> => {
  const entry = { ...answer('{}'), fence: 0, epoch: 'epoch-1', filledAt: NOON - age * 1_000 };
  const whole: Sent = {
    entry,
    state: 'hit',
    tier: 'memory',
    forwarded: null,
    isStored: true,
    isKeepable: () => true,
    ...sent,
  };
  return Object.fromEntries(writeEntryHeaders(whole, packed, NOON, { clientMaxAgeSeconds: 10 }).ofAnswer);
};

describe('writeEntryHeaders', () => {
  const no = { isKeepable: () => false };
  it.each<[string, number, Partial<Sent>, string]>([
    ['a hit', 20, {}, 'masthead; hit; ttl=40'],
    ['one too old, while it is made anew', 75, { state: 'stale', ...no }, 'masthead; hit; ttl=-15; detail=stale'],
    [
      'one too old, when it could not be made anew',
      90,
      { state: 'stale', forwarded: 'stale', ...no },
      'masthead; fwd=stale; detail=stale-if-error',
    ],
    ['one softly changed', 20, { state: 'soft', ...no }, 'masthead; hit; ttl=0; detail=soft'],
    ['one kept, degraded', 70, { state: 'degraded', ...no }, 'masthead; hit; ttl=-10; detail=degraded'],
    [
      'one made, degraded',
      0,
      { state: 'degraded', tier: null, forwarded: 'miss', isStored: false, ...no },
      'masthead; fwd=miss; detail=degraded',
    ],
    [
      'one made in place of another',
      0,
      { state: 'filled', tier: null, forwarded: 'stale' },
      'masthead; fwd=stale; stored',
    ],
    [
      'one made for another request, and not kept',
      0,
      { state: 'joined', tier: null, forwarded: 'miss', isStored: false },
      'masthead; fwd=miss; collapsed',
    ],
    ['one past the cache', 0, { state: 'bypass', tier: null, isStored: false, ...no }, 'masthead; fwd=bypass'],
  ])('says of %s what became of the request', (_what, age, sent, status) => {
    const headers = headersOf(age, sent);
    expect(headers['cache-status']).toBe(status);
    const isKeepable = sent.isKeepable === undefined;
    expect(headers['cache-control']).toBe(isKeepable ? 'public, max-age=10' : 'no-store');
    expect('etag' in headers).toBe(isKeepable);
  });

  it('says where an answer goes on, with a 304 in its place too', () => {
    const entry = {
      ...answer('{}'),
      fence: 0,
      epoch: 'epoch-1',
      filledAt: NOON,
      link: '<https://a.example/>; rel="next"',
    };
    expect(headersOf(0, { entry })).toMatchObject({ link: entry.link });
    expect(headersOf(0, {})).not.toHaveProperty('link');
  });
});
