import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  beginDeltas,
  encodeDeltaCursor,
  MAX_FORMER,
  parseDeltaCursor,
  passTo,
  type DeltaCursor,
} from '../../../src/syndication/deltas/delta-cursor.ts';

const KEY = 'a key';
const use = { key: KEY, editions: [], holder: null };
const place = {
  epoch: '5d0c7f2e-0000-4000-8000-000000000000',
  editions: [],
  holder: null,
  audience: 'public',
  givenAt: 1_700_000_000_000,
};
const cursor: DeltaCursor = { ...place, at: 17, floor: null, passage: null };

describe('a cursor', () => {
  it.each<[string, DeltaCursor]>([
    ['that goes on', cursor],
    ['that began with nothing', beginDeltas({ ...place, floor: 40 })],
    ['under another plan', passTo(cursor, 'gold')],
    ['of some editions', { ...cursor, editions: ['AR', 'EN'] }],
  ])('%s is what it was', (_what, whole) => {
    const text = encodeDeltaCursor(whole, KEY);
    expect(text).toMatch(/^[\w.-]+$/);
    expect(parseDeltaCursor(text, { ...use, editions: whole.editions })).toEqual(whole);
  });

  const body = (fields: unknown): string => Buffer.from(JSON.stringify(fields)).toString('base64url');
  const [whole = '', signature = ''] = encodeDeltaCursor(cursor, KEY).split('.');
  it.each([
    ['empty', ''],
    ['no cursor', 'nonsense'],
    ['not signed', whole],
    ['signed by another', encodeDeltaCursor(cursor, 'another key')],
    [
      'altered to name another audience',
      `${body(['d2', place.epoch, [], null, 'gold', 17, null, place.givenAt])}.${signature}`,
    ],
    ['cut short', `${whole}.${signature.slice(1)}`],
    ['drawn out', `${whole}.${signature}.`],
    ['endless', `${'x'.repeat(3_000)}.${signature}`],
  ])('that is %s is refused', (_what, text) => {
    expect(() => parseDeltaCursor(text, use)).toThrow('Malformed cursor');
  });

  it('that another release gave is over, and whoever has it begins anew', () => {
    const former = body(['d1', place.epoch, [], null, 'public', 17, null]);
    const signed = createHmac('sha256', KEY).update(former).digest().subarray(0, 16).toString('base64url');
    expect(() => parseDeltaCursor(`${former}.${signed}`, use)).toThrow(
      expect.objectContaining({ code: 'CURSOR_EXPIRED' }),
    );
  });

  it('passes to as many plans as anybody is given meanwhile, each of which is remembered', () => {
    const audiences = Array.from({ length: MAX_FORMER }, (_, index) => `plan ${index}`);
    const passed = audiences.reduce<DeltaCursor>(
      (former, audience, index) => ({ ...passTo(former, audience), givenAt: place.givenAt + index + 1 }),
      cursor,
    );
    expect(passed.passage?.former).toEqual(
      ['public', 'plan 0', 'plan 1', 'plan 2'].map((audience, index) => ({ audience, until: place.givenAt + index })),
    );
    expect(parseDeltaCursor(encodeDeltaCursor(passed, KEY), use)).toEqual(passed);
    expect(() => passTo(passed, 'one more')).toThrow('begin without a cursor');
    expect(passTo(passed, passed.audience)).toBe(passed);
  });
});
