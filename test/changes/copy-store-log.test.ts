import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChangeLog } from '../../src/changes/change-log.ts';
import { copyStoreLog } from '../../src/changes/copy-store-log.ts';
import { createStoreFollower, type StoreFollowerOptions } from '../../src/changes/follow-store-log.ts';
import type { Database } from '../../src/database/database.ts';
import { StoreError } from '../../src/errors.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { emptyLog } from './empty-log.ts';
import { putIntoOutbox } from './outbox.ts';

const NEVER_MS = 3_600_000;

describe.each(databaseKinds)('copyStoreLog, into %s', (kind) => {
  let from: Database;
  let to: Database;
  beforeAll(async () => {
    [from, to] = await Promise.all([createTestDatabase('postgres'), createTestDatabase(kind)]);
  });
  beforeEach(async () => {
    await Promise.all([emptyLog(from), emptyLog(to)]);
    await to.query('TRUNCATE store_places');
  });
  afterAll(async () => {
    await from.close();
    await to.close();
  });

  const copy = (options: { readonly to?: Database; readonly from?: Database } = {}) =>
    copyStoreLog({ store: 'desk', editions: ['EN'], from, to, degradedSeconds: 0, ...options });
  const epochOf = async (database: Database): Promise<string> => (await createChangeLog(database).head()).epoch;
  const copied = async () => {
    const { changes, sequence } = await createChangeLog(to).after(0, 10_000);
    return { sequence, changes, tags: changes.flatMap(({ tags }) => tags) };
  };

  it('ends all that is kept when a store is first met, and copies nothing from before', async () => {
    await putIntoOutbox(from, ['article:old']);
    const before = await epochOf(to);
    expect(await copy()).toBe(0);
    expect(await epochOf(to)).not.toBe(before);
    const met = await epochOf(to);
    expect(await copy()).toBe(0);
    expect(await epochOf(to)).toBe(met);
    expect((await copied()).tags).toEqual([]);
  });

  it('copies what lies in the outbox and in the log, whole and in order, once', async () => {
    await copy();
    await putIntoOutbox(from, ['article:a', 'list:en:all']);
    await createChangeLog(from).relay(10);
    await putIntoOutbox(from, ['article:b'], 'RIGHTS_CHANGE');
    expect(await copy()).toBe(2);
    expect(await copy()).toBe(0);
    const { changes, sequence } = await copied();
    expect(sequence).toBe(2);
    expect(changes).toEqual([
      expect.objectContaining({
        sequence: 1,
        kind: 'UPDATE',
        articleId: 'art_en_x',
        edition: 'EN',
        tags: ['article:a', 'list:en:all'],
        version: 1,
        occurredAt: Date.parse('2026-11-23T12:00:00Z'),
        isSoft: false,
        tombstone: null,
      }),
      expect.objectContaining({ sequence: 2, kind: 'RIGHTS_CHANGE', tags: ['article:b'] }),
    ]);
    // The store's own log stays: others read it.
    expect((await createChangeLog(from).after(0, 10)).changes).toHaveLength(2);
  });

  it('takes over how its articles stand, and who may see them, for those who follow', async () => {
    const write = (id: string, syndication: string) =>
      from.query(
        `INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, section_ids, published_at,
                               updated_at, content_digest, syndication)
         VALUES ($1, 'EN', 'NEWS', 'test', $1, $1, $1, $1, '{}', now(), now(), '', $2)
         ON CONFLICT (id) DO UPDATE SET syndication = excluded.syndication, version = articles.version + 1`,
        [id, syndication],
      );
    const tell = async (changeKind: 'UPDATE' | 'KILL' | 'RIGHTS_CHANGE'): Promise<void> => {
      await putIntoOutbox(from, ['article:x'], changeKind);
      await createChangeLog(from).relay(10);
    };
    const told = async () =>
      (
        await to.query<{ text: string }>(
          `SELECT kind || ' ' || coalesce(before ->> 'syndication', '-') || ' ' || coalesce(after ->> 'syndication', '-') AS text
             FROM deltas ORDER BY sequence`,
        )
      ).map(({ text }) => text);
    await write('art_en_x', 'FULL');
    await tell('UPDATE');
    await tell('KILL');
    await write('art_en_x', 'EXCERPT');
    await tell('UPDATE');
    await tell('UPDATE');
    await copy();
    expect(await told()).toEqual(['KILL FULL FULL', 'UPDATE EXCERPT EXCERPT']);
    await write('art_en_x', 'NONE');
    await tell('RIGHTS_CHANGE');
    expect(await copy()).toBe(1);
    expect(await told()).toEqual(['KILL FULL FULL', 'UPDATE EXCERPT EXCERPT', 'RIGHTS_CHANGE EXCERPT NONE']);
    const [first] = await to.query<{ sequence: string }>('SELECT min(sequence) AS sequence FROM deltas');
    expect(Number(first?.sequence)).toBeLessThan(0);
  });

  it('leaves out what happened in editions that live elsewhere', async () => {
    await copy();
    await putIntoOutbox(from, ['article:a']);
    await from.query(
      `INSERT INTO outbox (kind, edition, tags, occurred_at) VALUES ('UPDATE', 'AR', ARRAY['article:other'], now())`,
    );
    await putIntoOutbox(from, ['article:b']);
    expect(await copy()).toBe(3);
    expect(await copied()).toMatchObject({ sequence: 2, tags: ['article:a', 'article:b'] });
  });

  it('copies each change once however many processes do it, in the order of the store', async () => {
    await copy();
    await from.query(
      `INSERT INTO outbox (kind, edition, tags, occurred_at)
       SELECT 'UPDATE', 'EN', ARRAY['article:' || n], now() FROM generate_series(1, 1300) n`,
    );
    await Promise.all([copy(), copy(), copy(), copy()]);
    const { tags, sequence } = await copied();
    expect(sequence).toBe(1300);
    expect(tags).toEqual(Array.from({ length: 1300 }, (_, index) => `article:${index + 1}`));
  }, 60_000);

  it('carries tombstones over, and takes them up again', async () => {
    await copy();
    const order = (json: object) =>
      from.query(
        `INSERT INTO outbox (kind, article_id, edition, tags, occurred_at, tombstone)
         VALUES ('KILL', 'art_en_x', 'EN', ARRAY['article:x'], now(), $1::jsonb)`,
        [JSON.stringify(json)],
      );
    await order({ order: 'lay', articleId: 'art_en_x', edition: 'EN', slugs: ['x'], paths: ['news/x'] });
    await copy();
    expect(await to.query('SELECT article_id, slugs FROM tombstones')).toEqual([
      { article_id: 'art_en_x', slugs: ['x'] },
    ]);
    await order({ order: 'lift', articleId: 'art_en_x' });
    await copy();
    expect(await to.query('SELECT article_id FROM tombstones')).toEqual([]);
  });

  const lay = (database: Database, id: string, slugs: readonly string[] = []) =>
    database.query(
      `INSERT INTO tombstones (article_id, edition, slugs, paths) VALUES ($1, upper(split_part($1, '_', 2)), $2::text[], '{}')`,
      [id, slugs],
    );
  const lying = async () =>
    (await to.query<{ readonly article_id: string }>('SELECT article_id FROM tombstones ORDER BY article_id')).map(
      ({ article_id: id }) => id,
    );

  it('takes over what lies when a store is first met, of its own editions', async () => {
    await lay(from, 'art_en_early');
    await lay(from, 'art_ar_other');
    await copy();
    expect(await lying()).toEqual(['art_en_early']);
    expect(await to.query('SELECT edition, is_copied FROM tombstones')).toEqual([{ edition: 'EN', is_copied: true }]);
  });

  it('lifts after a gap what was lifted in it, and nothing that was laid here', async () => {
    await copy();
    for (const id of ['art_en_lifted', 'art_en_still'])
      await from.query(
        `INSERT INTO outbox (kind, article_id, edition, tags, occurred_at, tombstone)
         VALUES ('KILL', $1, 'EN', ARRAY['article:x'], now(), $2::jsonb)`,
        [id, JSON.stringify({ order: 'lay', articleId: id, edition: 'EN', slugs: [], paths: [] })],
      );
    await copy();
    await lay(to, 'art_en_both');
    await lay(to, 'art_en_here');
    await lay(to, 'art_es_elsewhere');
    await lay(from, 'art_en_both', ['both']);
    await from.query(`DELETE FROM tombstones WHERE article_id = 'art_en_lifted'`);
    const reopen = () => from.query('UPDATE change_log_head SET sequence = sequence + 9, trimmed_to = sequence + 5');
    await reopen();
    await copy();
    expect(await lying()).toEqual(['art_en_both', 'art_en_here', 'art_en_still', 'art_es_elsewhere']);
    expect(await to.query(`SELECT slugs FROM tombstones WHERE article_id = 'art_en_both'`)).toEqual([
      { slugs: ['both'] },
    ]);
    await from.query('DELETE FROM tombstones');
    await reopen();
    await copy();
    expect(await lying()).toEqual(['art_en_both', 'art_en_here', 'art_es_elsewhere']);
  });

  it('shows them to nobody without the new epoch, nor the new epoch without them', async () => {
    await lay(from, 'art_en_early');
    const before = await epochOf(to);
    const failing: Database = {
      ...to,
      transaction: (work, options) =>
        to.transaction(
          (transaction) =>
            work({
              query: (text, values) =>
                text.includes('INTO store_places')
                  ? Promise.reject(new StoreError('postgres', 'STORE_FAILED'))
                  : transaction.query(text, values),
            }),
          options,
        ),
    };
    await expect(copy({ to: failing })).rejects.toThrow(StoreError);
    expect([await epochOf(to), await lying()]).toEqual([before, []]);
    await copy();
    expect(await lying()).toEqual(['art_en_early']);
  });

  it.each([
    [
      'its log was begun anew',
      (log: Database) =>
        createChangeLog(log)
          .head()
          .then(({ epoch }) => createChangeLog(log).replaceEpoch(epoch)),
    ],
    [
      'it was trimmed past the place',
      (log: Database) => log.query('UPDATE change_log_head SET sequence = sequence + 9, trimmed_to = sequence + 5'),
    ],
    [
      'it ends before the place, as a restored backup does',
      (log: Database) => log.query('DELETE FROM change_log; UPDATE change_log_head SET sequence = 0'),
    ],
  ])('ends all that is kept when %s, and goes on from there', async (_what, happens) => {
    await copy();
    await putIntoOutbox(from, ['article:a']);
    await copy();
    const before = await epochOf(to);
    await happens(from);
    await copy();
    expect(await epochOf(to)).not.toBe(before);
    await putIntoOutbox(from, ['article:b']);
    await copy();
    expect((await copied()).tags).toEqual(['article:a', 'article:b']);
  });

  it('stays where it is when the gateway’s own database fails in the middle', async () => {
    await copy();
    await putIntoOutbox(from, ['article:a']);
    const failing: Database = {
      ...to,
      transaction: (work, options) =>
        to.transaction(async (transaction) => {
          await work(transaction);
          throw new StoreError('postgres', 'STORE_FAILED');
        }, options),
    };
    await expect(copy({ to: failing })).rejects.toThrow(StoreError);
    expect((await copied()).tags).toEqual([]);
    expect(await copy()).toBe(1);
    expect((await copied()).tags).toEqual(['article:a']);
  });
});

describe('createStoreFollower', () => {
  let from: Database;
  let to: Database;
  beforeAll(async () => {
    [from, to] = await Promise.all([createTestDatabase('postgres'), createTestDatabase('postgres')]);
  });
  beforeEach(async () => {
    await Promise.all([emptyLog(from), emptyLog(to)]);
    await to.query('TRUNCATE store_places');
  });
  afterAll(async () => {
    await from.close();
    await to.close();
  });

  const create = (options: Partial<StoreFollowerOptions> = {}) =>
    createStoreFollower({
      store: 'desk',
      editions: ['EN'],
      from,
      to,
      degradedSeconds: 0,
      pollMs: NEVER_MS,
      prepare: () => Promise.resolve(),
      onFailure: () => undefined,
      onRecovery: () => undefined,
      ...options,
    });

  it('copies when the store says that something happened', async () => {
    const news = Promise.withResolvers<void>();
    const stop = await to.listen('changes', () => news.resolve());
    const follower = create();
    await follower.step();
    follower.start();
    await expect
      .poll(
        async () => {
          await from.transaction(async (transaction) => {
            await putIntoOutbox(transaction, ['article:a']);
            await transaction.query(`SELECT pg_notify('outbox', '')`);
          });
          return (await createChangeLog(to).head()).sequence;
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0);
    await news.promise;
    await stop();
    await follower.close();
  });

  it('is current for as long as a step that has come to its end began a moment ago', async () => {
    const clock = createWoundClock(0);
    const gate = createGate();
    let isSlow = false;
    const slow: Database = {
      ...from,
      query: async (text, values) => {
        if (isSlow) await gate.pass();
        return from.query(text, values);
      },
    };
    const follower = create({ from: slow, monotonic: clock.now });
    expect(follower.isCurrent()).toBe(false);
    await follower.step();
    clock.wind(2_999);
    expect(follower.isCurrent()).toBe(true);
    isSlow = true;
    const stepping = follower.step();
    await gate.reached;
    clock.wind(1);
    // It hangs, and nobody knows yet that it will fail.
    expect([follower.isCurrent(), follower.isWell()]).toEqual([false, true]);
    gate.open();
    await stepping;
    expect(follower.isCurrent()).toBe(true);
    await follower.close();
  });

  it('prepares once, tries again what fails, and says so once each time', async () => {
    const said: string[] = [];
    const recovered = Promise.withResolvers<void>();
    let tries = 0;
    const follower = create({
      pollMs: 5,
      prepare: () => {
        tries += 1;
        return tries < 3 ? Promise.reject(new StoreError('desk', 'STORE_FAILED')) : Promise.resolve();
      },
      onFailure: () => said.push('failed'),
      onRecovery: () => {
        said.push('well');
        recovered.resolve();
      },
    });
    follower.start();
    await recovered.promise;
    expect(follower.isWell()).toBe(true);
    await follower.close();
    expect(said).toEqual(['failed', 'well']);
    expect(tries).toBe(3);
  });
});
