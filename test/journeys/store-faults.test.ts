import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureFaults, type FaultRow } from '../bench/store-faults/measure-faults.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

/** The whole process, one of its two stores behind a wire that breaks: what `npm run demo:faults` prints. */
describe('masthead start, with a store away', () => {
  let rows: readonly FaultRow[];
  let drop: () => Promise<unknown>;
  beforeAll(async () => {
    const [london, beirut] = await Promise.all([createPostgresTestUrl(), createPostgresTestUrl()]);
    drop = () => Promise.all([london.drop(), beirut.drop()]);
    rows = await measureFaults({ londonUrl: london.url, beirutUrl: beirut.url, faultMs: 5_000, readers: 4 });
  }, 120_000);
  afterAll(() => drop());

  const rowOf = (name: string): FaultRow => {
    const row = rows.find(({ fault }) => fault === name);
    if (row === undefined) throw new Error(`Nobody tried: ${name}`);
    return row;
  };

  it('answers every request, and the editions of the other store whole, whatever the fault', () => {
    expect(rows).toHaveLength(4);
    for (const { fault, answers, refused, othersWhole } of rows) {
      expect({ fault, refused, othersWhole }).toEqual({ fault, refused: 0, othersWhole: answers });
      expect(answers).toBeGreaterThan(4);
    }
  });

  it.each(['nobody listens', 'hangs'])('%s: named, left alone, found well by itself', (name) => {
    const row = rowOf(name);
    expect(row).toMatchObject({ ownWhole: 0, logged: [1, 1], readiness: 'failed' });
    expect(row.said.length).toBeGreaterThanOrEqual(1);
    for (const said of row.said) expect(said).toMatch(/^STORE_(FAILED|TIMEOUT) beirut$/);
    // Calls are those that were under way before the breaker opened, whoever asks after that.
    expect(row.calls).toBeLessThanOrEqual(60);
    // A statement's own end and a second: only those who came first wait for it.
    expect(row.slowestMs).toBeLessThan(8_000);
    expect(row.wholeAfterMs).toBeLessThan(8_000);
  });

  it('connections break, once: few see anything of it', () => {
    const row = rowOf('connections break, once');
    expect(row.ownWhole).toBeGreaterThan(0);
    expect(row.readiness).toBe('ok');
    for (const said of row.said) expect(said).toBe('STORE_FAILED beirut');
  });

  it('slow by 100 ms: everything is whole, later', () => {
    const row = rowOf('slow by 100 ms');
    expect(row).toMatchObject({ ownWhole: row.answers, said: [], logged: [0, 0], readiness: 'ok' });
    expect(row.medianMs).toBeGreaterThanOrEqual(100);
  });
});
