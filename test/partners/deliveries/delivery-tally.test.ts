import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ArticleId } from '../../../src/content/ids.ts';
import { manifestOf, type Manifest } from '../../../src/content/manifest.ts';
import type { Database, Queryable } from '../../../src/database/database.ts';
import { createDeliveryTally, type DeliveryTallyOptions } from '../../../src/partners/deliveries/delivery-tally.ts';
import { createGate } from '../../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';

const id = (name: string): ArticleId => `art_en_${name}`;
const of = (...names: readonly string[]): Manifest => {
  const manifest = manifestOf(names.map((name) => [id(name), 1, 0]));
  if (manifest === undefined) throw new Error('Nothing is given');
  return manifest;
};
const AT = Date.UTC(2026, 10, 29, 12);

describe.each(databaseKinds)('createDeliveryTally (%s)', (kind) => {
  let database: Database;
  let isAway = false;
  const told = { failures: 0, dropped: 0, written: 0 };
  const tallyOf = (rest: Partial<DeliveryTallyOptions> = {}) => {
    Object.assign(told, { failures: 0, dropped: 0, written: 0 });
    const reached: Queryable = {
      query: (sql, values) => (isAway ? Promise.reject(new Error('away')) : database.query(sql, values)),
    };
    return createDeliveryTally({
      database: reached,
      onFailure: () => (told.failures += 1),
      onDropped: () => (told.dropped += 1),
      onWritten: (count) => (told.written += count),
      everyMs: 60_000,
      ...rest,
    });
  };
  const rows = () =>
    database.query(
      `SELECT partner_id, via, times::integer, article_ids, extract(epoch FROM last_at - first_at)::integer AS seconds
         FROM deliveries JOIN manifests USING (digest) ORDER BY partner_id, via, article_ids`,
    );
  beforeEach(async () => {
    isAway = false;
    database = await createTestDatabase(kind);
  });
  afterEach(() => database.close());

  it('writes what was given once for all, with its first and last instant, and adds to what is written', async () => {
    const first = tallyOf();
    first.given({ partnerId: 'radio', manifest: of('a', 'b'), via: 'query', at: AT });
    first.given({ partnerId: 'radio', manifest: of('b', 'a'), via: 'query', at: AT + 5_000 });
    first.given({ partnerId: 'agency', manifest: of('a', 'b'), via: 'feed', at: AT });
    await first.close();
    expect(told).toEqual({ failures: 0, dropped: 0, written: 2 });
    const second = tallyOf();
    second.given({ partnerId: 'radio', manifest: of('a', 'b'), via: 'query', at: AT - 5_000 });
    await second.close();
    expect(await rows()).toEqual([
      { partner_id: 'agency', via: 'feed', times: 1, article_ids: [id('a'), id('b')], seconds: 0 },
      { partner_id: 'radio', via: 'query', times: 3, article_ids: [id('a'), id('b')], seconds: 10 },
    ]);
    expect(await database.query('SELECT FROM manifests')).toHaveLength(1);
  });

  it('keeps what a database that is away does not take, and says what it has no room for', async () => {
    const tally = tallyOf({ limitEntries: 6, everyMs: 5 });
    isAway = true;
    tally.given({ partnerId: 'radio', manifest: of('a', 'b'), via: 'query', at: AT });
    await vi.waitFor(() => expect(told.failures).toBeGreaterThan(1), { timeout: 15_000 });
    // Known already: it takes no room.
    tally.given({ partnerId: 'radio', manifest: of('a', 'b'), via: 'query', at: AT });
    tally.given({ partnerId: 'agency', manifest: of('a', 'b'), via: 'query', at: AT });
    tally.given({ partnerId: 'radio', manifest: of('c', 'd'), via: 'query', at: AT });
    expect(told).toMatchObject({ dropped: 1, written: 0 });
    isAway = false;
    await vi.waitFor(() => expect(told.written).toBe(2), { timeout: 15_000 });
    expect(await rows()).toMatchObject([
      { partner_id: 'agency', times: 1 },
      { partner_id: 'radio', times: 2 },
    ]);
    await tally.close();
  });

  it('writes before its time when much has come', async () => {
    const tally = tallyOf({ limitEntries: 6 });
    tally.given({ partnerId: 'radio', manifest: of('a', 'b'), via: 'query', at: AT });
    await vi.waitFor(() => expect(told.written).toBe(1), { timeout: 15_000 });
    await tally.close();
  });

  it('ends when the last of what came meanwhile is written', async () => {
    const gates = [createGate(), createGate()];
    let asked = 0;
    const slow: Queryable = {
      async query(sql, values) {
        await gates[asked++]?.pass();
        return database.query(sql, values);
      },
    };
    const tally = tallyOf({ database: slow, limitEntries: 4 });
    let isClosed = false;
    tally.given({ partnerId: 'radio', manifest: of('a', 'b'), via: 'query', at: AT });
    tally.given({ partnerId: 'radio', manifest: of('c', 'd'), via: 'query', at: AT });
    await gates[0]?.reached;
    const closing = tally.close().then(() => (isClosed = true));
    gates[0]?.open();
    await gates[1]?.reached;
    await database.query('SELECT 1');
    expect(isClosed).toBe(false);
    gates[1]?.open();
    await closing;
    expect(told).toMatchObject({ dropped: 0, written: 2 });
  });

  it('moves the place of a follower on, never back, and begins anew in another log', async () => {
    const [one, other] = ['5c9a4f5e-8a52-4a8e-9d6e-000000000001', '5c9a4f5e-8a52-4a8e-9d6e-000000000002'];
    const follow = async (...places: readonly (readonly [epoch: string, sequence: number, at: number])[]) => {
      const tally = tallyOf();
      for (const [epoch, sequence, at] of places)
        tally.followed({ partnerId: 'radio', editions: ['AR', 'EN'], epoch, sequence, at });
      await tally.close();
      return await database.query('SELECT editions, epoch, sequence::integer FROM delta_places');
    };
    expect(await follow([one, 7, AT], [one, 4, AT + 1])).toEqual([{ editions: 'AR,EN', epoch: one, sequence: 7 }]);
    expect(await follow([one, 5, AT + 2])).toMatchObject([{ sequence: 7 }]);
    expect(await follow([other, 2, AT + 3])).toMatchObject([{ epoch: other, sequence: 2 }]);
    expect(await follow([one, 9, AT])).toMatchObject([{ epoch: other, sequence: 2 }]);
  });
});
