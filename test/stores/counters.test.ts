import { describe, expect, it } from 'vitest';
import type { Counter } from '../../src/content/counter.ts';
import { createCounters, type Cell } from '../../src/stores/counters.ts';
import { createHandStores } from '../loaders/hand-stores.ts';
import { articleId } from '../support/content-rows.ts';
import { createWoundClock } from '../support/wound-clock.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const counterOf = (key: string): Counter => ({ id: articleId(key), kind: 'VIEW', window: null });

const setUp = (gatherMs = 60_000) => {
  const clock = createWoundClock(NOON);
  const asked: string[][] = [];
  const answers: PromiseWithResolvers<readonly number[]>[] = [];
  const stores = createHandStores({
    engagement: {
      counts(requests) {
        asked.push(requests.map(({ id }) => id));
        const made = Promise.withResolvers<readonly number[]>();
        answers.push(made);
        return made.promise;
      },
    },
  });
  const counters = createCounters({ storesOf: () => stores, clock, gatherMs });
  const cell = (key: string): Cell => counters.cellOf(counterOf(key), { value: 1, readAt: NOON });
  return { clock, asked, answers, counters, cell, stores };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('refresh', () => {
  it('asks once for everybody of a turn, with those that nobody waits for', async () => {
    const { counters, cell, asked, answers } = setUp();
    const [a, b, c] = [cell('a'), cell('b'), cell('c')];
    void counters.refresh([a], false);
    const both = Promise.all([counters.refresh([b, a], true), counters.refresh([b, c], true)]);
    await turn();
    expect(asked).toEqual([[a, b, c].map(({ counter }) => counter.id)]);
    answers[0]?.resolve([5, 6, 7]);
    await both;
    expect([a, b, c].map(({ value }) => value)).toEqual([5, 6, 7]);
  });

  it('asks for nothing twice at a time, and waits for what is asked for', async () => {
    const { counters, cell, asked, answers } = setUp();
    const a = cell('a');
    const first = counters.refresh([a], true);
    await turn();
    const second = counters.refresh([a], true);
    await turn();
    expect(asked).toHaveLength(1);
    answers[0]?.resolve([5]);
    await Promise.all([first, second]);
    expect(a.value).toBe(5);
  });

  it('keeps the later of two values, whichever comes last', async () => {
    const { counters, cell, answers, clock, stores } = setUp();
    const a = cell('a');
    const early = counters.read(stores.engagement, [a.counter], NOON + 1);
    clock.wind(10);
    const late = counters.refresh([a], true);
    await turn();
    answers[1]?.resolve([9]);
    await late;
    answers[0]?.resolve([8]);
    expect(await early).toEqual([{ value: 8, readAt: NOON + 1 }]);
    expect([a.value, a.readAt]).toEqual([9, NOON + 10]);
  });
});

describe('read, when the store fails', () => {
  it('gives what was last known, and the failure of what never was', async () => {
    const { counters, cell, answers, stores } = setUp();
    cell('a');
    const read = counters.read(stores.engagement, [counterOf('a'), counterOf('b')], NOON + 1);
    answers[0]?.reject(new Error('away'));
    expect(await read).toMatchObject([{ value: 1, readAt: NOON }, { message: 'away' }]);
  });
});
