import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createHoleFiller } from '../../src/cache/fill-holes.ts';
import type { CacheResult } from '../../src/cache/response-cache.ts';
import type { Counter } from '../../src/content/counter.ts';
import type { Hole } from '../../src/content/holes.ts';
import { createCounters } from '../../src/stores/counters.ts';
import { createHandStores } from '../loaders/hand-stores.ts';
import { articleId } from '../support/content-rows.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { answer } from './answer.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const [a, b]: readonly Counter[] = [
  { id: articleId('a'), kind: 'VIEW', window: null },
  { id: articleId('b', 'ES'), kind: 'SHARE', window: 'DAY' },
] as const;

/** Counters that a test sets, a clock that it winds, and an answer with both in it. */
const setUp = ({ waitMs = 1_000, gate }: { waitMs?: number; gate?: Gate } = {}) => {
  const clock = createWoundClock(NOON);
  const store = { views: 7, shares: 2, isAway: false, asked: [] as number[] };
  const failures: unknown[] = [];
  const stores = createHandStores({
    engagement: {
      async counts(requests) {
        store.asked.push(requests.length);
        await gate?.pass();
        if (store.isAway) throw new Error('away');
        return requests.map(({ kind }) => (kind === 'VIEW' ? store.views : store.shares));
      },
    },
  });
  const counters = createCounters({
    storesOf: () => stores,
    clock,
    gatherMs: 0,
    onFailure: (error) => failures.push(error),
  });
  const filler = createHoleFiller({ counters, clock, waitMs });
  const of = (
    at: number,
    length: number,
    counter: Counter | undefined,
    value: number,
    locale: string | null,
  ): Hole => ({
    at,
    length,
    counter: counter ?? { id: articleId('a'), kind: 'VIEW', window: null },
    value,
    locale,
    readAt: NOON,
  });
  const body = '{"data":{"n":7,"t":"compartido 2 veces","m":7}}';
  const made = (tier: CacheResult['tier'] = 'memory'): CacheResult => ({
    entry: {
      ...answer(body, { holes: [of(13, 1, a, 7, null), of(19, 20, b, 2, 'es'), of(44, 1, a, 7, null)] }),
      bodyDigest: createHash('sha256').update(body).digest('base64url'),
      fence: 0,
      epoch: 'epoch-1',
      filledAt: NOON,
    },
    notes: {},
    state: 'hit',
    tier,
    forwarded: null,
    isStored: true,
    isSendable: () => true,
    isKeepable: () => true,
  });
  return { clock, store, filler, made, body, failures };
};

const text = (result: CacheResult | undefined): string | undefined => result?.entry.body.toString();

describe('fillNow', () => {
  it('gives an answer without counters as it is', () => {
    const { filler, made } = setUp();
    const { holes: _holes, ...entry } = made().entry;
    const plain = { ...made(), entry };
    expect(filler.fillNow(plain)).toBe(plain);
  });

  it('is what was made, while that is young, and asks nobody', () => {
    const { filler, made, store, body, clock } = setUp();
    const result = made();
    clock.wind(3_999);
    expect(text(filler.fillNow(result))).toBe(body);
    expect(store.asked).toEqual([]);
    const filled = filler.fillNow(result);
    expect(filler.fillNow(result)).toBe(filled);
  });

  it('asks for what becomes old beside the requests, all of it in one call, and shows it from then on', async () => {
    const { filler, made, store, body, clock } = setUp();
    const result = made();
    [store.views, store.shares] = [1_000, 1];
    clock.wind(4_000);
    expect(text(filler.fillNow(result))).toBe(body);
    expect(text(filler.fillNow(result))).toBe(body);
    await vi.waitFor(() =>
      expect(text(filler.fillNow(result))).toBe('{"data":{"n":1000,"t":"compartido 1 vez","m":1000}}'),
    );
    expect(store.asked).toEqual([2]);
    clock.wind(3_999);
    expect(text(filler.fillNow(result))).toContain('1000');
    expect(store.asked).toEqual([2]);
  });

  it('never shows a counter of five seconds ago while its store answers', async () => {
    const { filler, made, store, clock } = setUp();
    const result = made();
    expect(filler.fillNow(result)).toBeDefined();
    store.views = 8;
    clock.wind(5_000);
    expect(filler.fillNow(result)).toBeUndefined();
    expect(text(await filler.fillSoon(result))).toContain('"n":8');
    for (let second = 0; second < 30; second += 1) {
      const before = store.views;
      store.views += 1;
      clock.wind(5_000);
      const shown = Number(/"n":(\d+)/.exec(text(await filler.fillSoon(result)) ?? '')?.[1]);
      expect(shown).toBeGreaterThan(before);
    }
  });

  it('has a digest of what goes out, which changes when that does and not before', async () => {
    const { filler, made, store, clock } = setUp();
    const result = made();
    const first = filler.fillNow(result)?.entry.bodyDigest;
    expect(first).toMatch(/^[\w-]{43}$/);
    clock.wind(5_000);
    expect((await filler.fillSoon(result)).entry.bodyDigest).toBe(first);
    store.views = 8;
    clock.wind(5_000);
    const second = (await filler.fillSoon(result)).entry.bodyDigest;
    expect(second).not.toBe(first);
    // Another process, which made the same page when its counter was another.
    const other = setUp();
    other.store.views = 8;
    other.clock.wind(5_000);
    expect((await other.filler.fillSoon(other.made())).entry.bodyDigest).toBe(second);
    store.views = 7;
    clock.wind(5_000);
    expect((await filler.fillSoon(result)).entry.bodyDigest).toBe(first);
  });

  it('keeps the version before for those who want it packed, until it is too old', async () => {
    const { filler, made, store, body, clock } = setUp();
    const result = made();
    filler.fillNow(result);
    expect(filler.former(result)).toBeUndefined();
    store.views = 8;
    clock.wind(4_000);
    filler.fillNow(result);
    await vi.waitFor(() => expect(text(filler.fillNow(result))).toContain('"n":8'));
    expect(text(filler.former(result))).toBe(body);
    clock.wind(1_000);
    expect(filler.former(result)).toBeUndefined();
  });

  it('notes for the shared tier how an answer goes out, and not its body', async () => {
    const { filler, made, store, clock } = setUp();
    store.views = 8;
    clock.wind(5_000);
    const { notes } = made();
    const first = await filler.fillSoon({ ...made('shared'), notes });
    const second = filler.fillNow({ ...made('shared'), notes });
    expect(text(second)).toBe(text(first));
    expect(second?.notes).toBe(first.notes);
    expect(second?.entry.bodyDigest).toBe(first.entry.bodyDigest);
    expect(JSON.stringify(notes)).not.toContain('data');
    // The same notes once it is kept here.
    const kept = { ...made(), notes };
    expect(filler.fillNow(kept)).toBe(filler.fillNow(kept));
  });
});

describe('fillSoon, when the store is away', () => {
  it('shows what was last known, tells of it, and makes nobody wait who comes next', async () => {
    const { filler, made, store, clock, failures } = setUp();
    const result = made();
    store.views = 8;
    clock.wind(5_000);
    await filler.fillSoon(result);
    store.isAway = true;
    clock.wind(5_000);
    expect(filler.fillNow(result)).toBeUndefined();
    expect(text(await filler.fillSoon(result))).toContain('"n":8');
    expect(failures).toHaveLength(1);
    expect(text(filler.fillNow(result))).toContain('"n":8');
    expect(store.asked).toHaveLength(2);
    // Tried again a second later, and right once it is back.
    [store.isAway, store.views] = [false, 9];
    clock.wind(1_000);
    filler.fillNow(result);
    await vi.waitFor(() => expect(text(filler.fillNow(result))).toContain('"n":9'));
  });

  it('waits no longer than it may for a store that hangs', async () => {
    const gate = createGate();
    const { filler, made, body, clock } = setUp({ waitMs: 1, gate });
    const result = made();
    clock.wind(60_000);
    expect(text(await filler.fillSoon(result))).toBe(body);
    expect(text(filler.fillNow(result))).toBe(body);
    gate.open();
  });

  it('goes on with a clock that was set back', async () => {
    const { filler, made, store, clock } = setUp();
    const result = made();
    filler.fillNow(result);
    clock.wind(-3_600_000);
    store.views = 8;
    expect(text(await filler.fillSoon(result))).toContain('"n":8');
    store.views = 9;
    clock.wind(5_000);
    expect(text(await filler.fillSoon(result))).toContain('"n":9');
  });
});
