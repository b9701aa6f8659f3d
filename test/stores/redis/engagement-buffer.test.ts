import { describe, expect, it, onTestFinished } from 'vitest';
import { parseId } from '../../../src/content/ids.ts';
import type { EngagementEvent } from '../../../src/stores/engagement-store.ts';
import type { HourlyEngagement } from '../../../src/stores/postgres/add-engagement.ts';
import { createEngagementBuffer } from '../../../src/stores/redis/engagement-buffer.ts';
import { articleId } from '../../support/content-rows.ts';
import { createGate } from '../../support/gate.ts';

const NOW = Date.parse('2026-11-23T12:40:00Z');
const HOUR_MS = 60 * 60_000;
const SOON = { timeout: 5_000, interval: 5 };

const eventOf = (once: string, rest: Partial<EngagementEvent> = {}): EngagementEvent => ({
  id: articleId('a'),
  kind: 'VIEW',
  at: NOW,
  once,
  ...rest,
});

/** A store that counts each event once, and is away when the test says so. */
const setUp = (limit = 100) => {
  const given = {
    isAway: false,
    /** Counts, and is not heard. */
    isLate: false,
    awayEdition: undefined as string | undefined,
    /** By whose token. */
    counted: new Map<string, string | undefined>(),
    batches: [] as number[],
    saved: [] as HourlyEngagement[],
    last: [] as (readonly EngagementEvent[])[],
    dropped: 0,
    failures: 0,
    isSqlAway: false,
    unsavedEdition: undefined as string | undefined,
    lost: 0,
    /** Names under which something was to be saved. */
    names: [] as string[],
    gate: undefined as ReturnType<typeof createGate> | undefined,
  };
  const buffer = createEngagementBuffer({
    store: {
      async record(events) {
        await given.gate?.pass();
        if (given.isAway) throw new Error('away');
        given.batches.push(events.length);
        if (events.some(({ id }) => parseId(id).edition === given.awayEdition)) throw new Error('away for some');
        const isCounted = events.map(({ once = '', token }) => {
          const isNew = !given.counted.has(once);
          if (isNew) given.counted.set(once, token);
          return isNew || (token !== undefined && given.counted.get(once) === token);
        });
        if (given.isLate) throw new Error('late');
        return isCounted;
      },
    },
    save: async (edition, hours, once) => {
      given.names.push(once);
      if (given.isSqlAway || edition === given.unsavedEdition) throw new Error('away too');
      given.saved.push(...hours);
    },
    last: {
      record: async (events) => {
        given.last.push(events);
        return events.map(() => true);
      },
    },
    observe: {
      dropped: (events) => (given.dropped += events),
      saveFailed: () => (given.failures += 1),
      lost: (events) => (given.lost += events),
    },
    limit,
    retryMs: 5,
  });
  onTestFinished(buffer.close);
  return { buffer, given };
};

describe('createEngagementBuffer', () => {
  it('hands events on at once, those that come meanwhile together, and says what was counted', async () => {
    const { buffer, given } = setUp();
    given.gate = createGate();
    const first = buffer.record([eventOf('1')]);
    await given.gate.reached;
    const others = ['2', '3', '2'].map((once) => buffer.record([eventOf(once)]));
    given.gate.open();
    expect(await Promise.all([first, ...others])).toEqual([[true], [true], [true], [false]]);
    expect(given.batches).toEqual([1, 3]);
    expect(buffer.size()).toBe(0);
  });

  it('takes events while the store is away, without making anybody wait, and counts them when it is back', async () => {
    const { buffer, given } = setUp();
    given.isAway = true;
    expect(await buffer.record([eventOf('1')])).toEqual([true]);
    expect(await buffer.record([eventOf('2'), eventOf('1')])).toEqual([true, true]);
    expect(buffer.size()).toBe(3);
    given.isAway = false;
    await expect.poll(buffer.size, SOON).toBe(0);
    expect([...given.counted.keys()]).toEqual(['1', '2']);
    await buffer.save();
    expect(given.saved).toMatchObject([{ views: 2, shares: 0 }]);
  });

  it('saves what was counted and answered too late to be heard', async () => {
    const { buffer, given } = setUp();
    given.isLate = true;
    expect(await buffer.record([eventOf('1'), eventOf('1'), eventOf('2')])).toEqual([true, true, true]);
    given.isLate = false;
    await expect.poll(buffer.size, SOON).toBe(0);
    await buffer.save();
    expect(given.saved).toMatchObject([{ id: articleId('a'), views: 2 }]);
  });

  it('counts and saves what readers of one edition do while the counters of another are away', async () => {
    const { buffer, given } = setUp();
    given.awayEdition = 'ES';
    const spanish = eventOf('2', { id: articleId('b', 'ES') });
    expect(await buffer.record([eventOf('1'), spanish, eventOf('1')])).toEqual([true, true, false]);
    expect(buffer.size()).toBe(1);
    await buffer.save();
    expect(given.saved).toMatchObject([{ id: articleId('a'), views: 1 }]);
    given.awayEdition = undefined;
    await expect.poll(buffer.size, SOON).toBe(0);
    await buffer.save();
    expect(given.saved).toMatchObject([
      { edition: 'EN', views: 1 },
      { edition: 'ES', views: 1 },
    ]);
  });

  it('takes no more than it may, and tells how many it let go of', async () => {
    const { buffer, given } = setUp(3);
    given.isAway = true;
    await buffer.record([eventOf('1')]);
    expect(await buffer.record(['2', '3', '4', '5'].map((once) => eventOf(once)))).toEqual([true, true, false, false]);
    expect(await buffer.record([eventOf('6')])).toEqual([false]);
    expect([buffer.size(), given.dropped]).toEqual([3, 3]);
  });

  it('saves what was counted by article and hour, once, and again what could not be saved', async () => {
    const { buffer, given } = setUp();
    const later = { at: NOW + HOUR_MS };
    await buffer.record([eventOf('1'), eventOf('2', { kind: 'SHARE' }), eventOf('3', later), eventOf('1')]);
    given.isSqlAway = true;
    await buffer.save();
    await buffer.record([eventOf('4')]);
    given.isSqlAway = false;
    await buffer.save();
    await buffer.save();
    const hour = Date.parse('2026-11-23T12:00:00Z');
    expect(given.saved).toEqual([
      { id: articleId('a'), edition: 'EN', hour, views: 1, shares: 1 },
      { id: articleId('a'), edition: 'EN', hour: hour + HOUR_MS, views: 1, shares: 0 },
      { id: articleId('a'), edition: 'EN', hour, views: 1, shares: 0 },
    ]);
    // What may have been saved is told again under its name, and nothing is put to it.
    expect(given.names).toEqual([given.names[0], given.names[0], expect.not.stringMatching(`^${given.names[0]}$`)]);
    expect(given.failures).toBe(1);
  });

  it('saves what was counted of one edition while the database of another is away, and asks that one alone where told so', async () => {
    const { buffer, given } = setUp();
    given.unsavedEdition = 'ES';
    await buffer.record([eventOf('1'), eventOf('2', { id: articleId('b', 'ES') })]);
    await buffer.save();
    expect([given.saved, given.failures]).toMatchObject([[{ edition: 'EN', views: 1 }], 1]);
    await buffer.record([eventOf('3')]);
    given.unsavedEdition = undefined;
    await buffer.save('ES');
    expect(given.saved).toMatchObject([{ edition: 'EN' }, { edition: 'ES', views: 1 }]);
    await buffer.close();
    expect(given.saved.map(({ edition }) => edition)).toEqual(['EN', 'ES', 'EN']);
  });

  it('hands what is left at the end to SQL', async () => {
    const { buffer, given } = setUp();
    const spanish = eventOf('3', { id: articleId('b', 'ES') });
    await buffer.record([eventOf('1')]);
    given.isAway = true;
    await buffer.record([eventOf('2'), spanish]);
    await buffer.close();
    // One edition at a time: each has a database of its own.
    expect(given.last).toEqual([[eventOf('2')], [spanish]]);
    expect(given.saved).toMatchObject([{ views: 1 }]);
  });

  it('tries once more at the end, and says how much is lost', async () => {
    const { buffer, given } = setUp();
    await buffer.record([eventOf('1'), eventOf('2', { kind: 'SHARE' })]);
    given.isSqlAway = true;
    await buffer.close();
    expect([given.failures, given.lost]).toEqual([2, 2]);
  });
});
