import { describe, expect, it } from 'vitest';
import { idOf, type ArticleId } from '../../src/content/ids.ts';
import type { EngagementStore, RankingRequest } from '../../src/stores/engagement-store.ts';
import { holdRankings, RANKING_MAX_AGE_MS } from '../../src/stores/held-rankings.ts';
import { createGate } from '../support/gate.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const trending = (limit = 5): RankingRequest => ({ by: 'trending', edition: 'EN', limit });
const mostRead = (window: 'DAY' | 'WEEK', edition: 'EN' | 'AR' = 'EN'): RankingRequest => ({
  by: 'mostRead',
  edition,
  window,
  limit: 5,
});
const idsOf = (name: string, count: number): readonly ArticleId[] =>
  Array.from({ length: count }, (_, index) => idOf.article('EN', 'test', `${name}-${index}`));

/** A store whose `n`th answer ranks articles named after it, and what it was asked. */
const createAsked = (answer = async (_call: number): Promise<void> => undefined) => {
  const asked: (readonly RankingRequest[])[] = [];
  const store: EngagementStore = {
    record: async (events) => events.map(() => true),
    counts: async (requests) => requests.map(() => 7),
    rankings: async (requests) => {
      const call = asked.push(requests);
      await answer(call);
      return requests.map((request) => idsOf(`${call}-${request.by}`, request.limit + 20));
    },
  };
  return { asked, held: holdRankings(store) };
};

describe('holdRankings', () => {
  it('asks once for what is asked for again within its age, of whatever length, and again past it', async () => {
    const { asked, held } = createAsked();
    expect(await held.rankings([trending(5)], NOW)).toEqual([idsOf('1-trending', 25)]);
    expect(await held.rankings([trending(100)], NOW + RANKING_MAX_AGE_MS - 1)).toEqual([idsOf('1-trending', 120)]);
    expect(asked).toHaveLength(1);
    expect(await held.rankings([trending(1)], NOW + RANKING_MAX_AGE_MS)).toEqual([idsOf('2-trending', 21)]);
  });

  it('asks again when the clock was set far back, and not for a fill that began a moment before', async () => {
    const { asked, held } = createAsked();
    await held.rankings([trending()], NOW);
    await held.rankings([trending()], NOW - 1);
    expect(asked).toHaveLength(1);
    await held.rankings([trending()], NOW - RANKING_MAX_AGE_MS);
    expect(asked).toHaveLength(2);
  });

  it('asks in one call for what is not there, and tells apart rankings, windows and editions', async () => {
    const { asked, held } = createAsked();
    await held.rankings([mostRead('DAY')], NOW);
    const all = [trending(), trending(3), mostRead('DAY'), mostRead('WEEK'), mostRead('DAY', 'AR')];
    const found = await held.rankings(all, NOW);
    expect(found.map((ids) => ids.length)).toEqual([25, 23, 25, 25, 25]);
    expect(asked.slice(1).map((requests) => requests.map(({ by, edition }) => `${by} ${edition}`))).toEqual([
      ['trending EN', 'mostRead EN', 'mostRead AR'],
    ]);
  });

  it('asks once for all that ask at the same time', async () => {
    const gate = createGate();
    const { asked, held } = createAsked(() => gate.pass());
    const both = [held.rankings([trending()], NOW), held.rankings([trending(), mostRead('DAY')], NOW + 1)];
    await gate.reached;
    gate.open();
    await Promise.all(both);
    expect(asked.flat().map(({ by }) => by)).toEqual(['trending', 'mostRead']);
  });

  it('keeps no failure', async () => {
    const failure = new Error('away');
    const { held } = createAsked(async (call) => {
      if (call === 1) throw failure;
    });
    await expect(held.rankings([trending()], NOW)).rejects.toBe(failure);
    expect(await held.rankings([trending()], NOW)).toEqual([idsOf('2-trending', 25)]);
  });

  it('keeps no counter', async () => {
    const { held } = createAsked();
    expect(await held.counts([{ id: idsOf('a', 1)[0] as ArticleId, kind: 'VIEW', window: null }], NOW)).toEqual([7]);
  });
});
