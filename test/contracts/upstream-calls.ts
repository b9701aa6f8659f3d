import { describe, expect, it } from 'vitest';
import type { EditionCode } from '../../src/content/edition.ts';
import type { UpstreamReport } from '../../src/telemetry/upstream-calls.ts';
import { cold, OPERATIONS, readOperation, type OperationName } from '../journeys/operations.ts';
import type { QueryAnswer } from '../support/run-query.ts';

/**
 * What is called: `postgres`, and `index` (the gateway's own of what others hold) by statements, `wordpress` by requests,
 * `redis` by scripts, a round trip each: one for each kind of question about counters and edition, however many of them.
 */
export type UpstreamKind = 'postgres' | 'index' | 'wordpress' | 'redis';

/**
 * The contract: as often as this an example operation calls a store of each kind at most, out of nothing kept. It is what
 * the shape of the operation comes to, however many rows come back; more is a broken promise. A warm answer calls none.
 */
export const MOST_CALLS: Readonly<Record<UpstreamKind, Readonly<Record<OperationName, number>>>> = {
  postgres: { 'article-page': 11, 'front-page': 9, 'section-listing': 6, search: 3 },
  // Of an edition whose stories a WordPress site holds: real sites take 14, 10, 6 and 4 statements and 8, 6, 2 and 2
  // requests, half of those for pictures. One batch of a page may part in two when its lists come at different moments.
  index: { 'article-page': 16, 'front-page': 12, 'section-listing': 6, search: 4 },
  wordpress: { 'article-page': 10, 'front-page': 8, 'section-listing': 2, search: 2 },
  // Views and shares of the page, and its two rankings together. What shows no counters asks for none.
  redis: { 'article-page': 2, 'front-page': 1, 'section-listing': 0, search: 0 },
};

/** The same of PostgreSQL, of an answer that nobody has made in a process that has made one like it: what is named is kept. */
export const MOST_CALLS_RESIDENT: Readonly<Record<OperationName, number>> = {
  'article-page': 3,
  'front-page': 3,
  'section-listing': 2,
  search: 2,
};

/** A gateway to hold to the contract. */
export interface UpstreamRig {
  /** Asks with the admin token, and so is told what was called. */
  ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<QueryAnswer>;
  /** What each store is, by its configured name. */
  readonly kinds: Readonly<Record<string, UpstreamKind>>;
}

/** What each operation is asked with, in every edition that the gateway has. */
export type UpstreamVariables = Readonly<
  Partial<Record<EditionCode, Readonly<Record<OperationName, Readonly<Record<string, unknown>>>>>>
>;

/** What an answer with the admin token tells. */
export const upstreamOf = (answer: QueryAnswer): UpstreamReport =>
  (JSON.parse(answer.body) as { readonly extensions: { readonly upstream: UpstreamReport } }).extensions.upstream;

/** The calls of a report by kind of store. */
const sumByKind = (report: UpstreamReport, kinds: UpstreamRig['kinds']): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (const [store, { calls }] of Object.entries(report)) {
    const kind = kinds[store];
    if (kind === undefined) throw new Error(`A store that nobody expected was called: ${store}`);
    sums[kind] = (sums[kind] ?? 0) + calls;
  }
  return sums;
};

/** Holds the gateway of `rig` to the contract; every kind among its stores must be called by each operation that may. */
export const describeUpstreamCalls = (rig: () => UpstreamRig, variables: UpstreamVariables): void => {
  describe.each(Object.entries(variables))('the calls of an answer, edition %s', (_edition, byOperation) => {
    it.each(OPERATIONS)('%s: no more than agreed cold, none warm', async (name) => {
      const query = cold(readOperation(name));
      const { ask, kinds } = rig();
      const made = await ask(query, byOperation[name]);
      expect(made.errors).toEqual([]);
      const sums = sumByKind(upstreamOf(made), kinds);
      // Nothing counted would be nothing held.
      const callable = new Set(Object.values(kinds).filter((kind) => MOST_CALLS[kind][name] > 0));
      expect(Object.keys(sums).toSorted()).toEqual([...callable].toSorted());
      for (const [kind, sum] of Object.entries(sums))
        expect({ kind, isKept: sum <= MOST_CALLS[kind as UpstreamKind][name] }).toEqual({ kind, isKept: true });
      const kept = await ask(query, byOperation[name]);
      expect([kept.data, upstreamOf(kept)]).toEqual([made.data, {}]);
    });
  });
};
