import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERYTHING_KEY, purgeKeysOf, surrogateKeysOf } from '../../src/cdn/surrogate-keys.ts';
import { awaitPurge } from '../../src/cdn/await-purge.ts';
import type { PurgerOptions } from '../../src/cdn/purger.ts';
import type { Database } from '../../src/database/database.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { startHandServer } from '../outbound/hand-server.ts';
import { startFakeCdn, type FakeCdn } from './fake-cdn.ts';
import { change, rigPurger, settle, type RiggedPurger } from './purge-rig.ts';

let database: Database;
let cdn: FakeCdn;
let started: RiggedPurger[];
beforeEach(async () => {
  [database, cdn, started] = [await createTestDatabase('postgres'), await startFakeCdn(), []];
});
afterEach(async () => {
  await Promise.all(started.map((purger) => purger.close()));
  await cdn.close();
  await database.close();
});

const start = async (rest: Partial<PurgerOptions> = {}): Promise<RiggedPurger> => {
  const purger = rigPurger(database, cdn, rest);
  started.push(purger);
  await purger.start();
  return purger;
};

/** A purger that has told a new CDN to drop everything, and nothing since. */
const startSettled = async (rest: Partial<PurgerOptions> = {}): Promise<RiggedPurger> => {
  const purger = await start(rest);
  await settle(database);
  cdn.requests.length = 0;
  return purger;
};

const stop = async (purger: RiggedPurger): Promise<void> => {
  started = started.filter((other) => other !== purger);
  await purger.close();
};

const purged = (): readonly string[] => cdn.requests.flatMap(({ keys }) => keys);

/** Polls until `expectation` holds, on a machine that may be busy. */
const eventually = (expectation: () => void): Promise<void> =>
  vi.waitFor(expectation, { timeout: 15_000, interval: 5 });

describe('a purger', () => {
  it('purges the keys of every change, at once and once more when nobody answers from before', async () => {
    const purger = await startSettled();
    const recorded = await change(database, 'article:one', 'list:en:all');
    expect(await purger.waitFor(recorded, 10_000)).toBe('purged');
    await settle(database);
    const keys = [...purgeKeysOf('article:one'), ...purgeKeysOf('list:en:all')];
    expect(cdn.requests.map((request) => request.keys)).toEqual([keys, keys]);
    expect(purger.failures).toEqual([]);
  });

  it('confirms nothing while a process may answer from before, yet purges at once', async () => {
    const gate = createGate();
    const purger = await start({
      acknowledge: ({ sequence }) => (sequence === 0 ? Promise.resolve() : gate.pass()),
    });
    await settle(database);
    cdn.requests.length = 0;
    const recorded = await change(database, 'article:one');
    await gate.reached;
    await eventually(() => expect(cdn.requests).toHaveLength(1));
    expect(await purger.waitFor(recorded, 50)).toEqual({ process: 'cdn', until: 301_000 });
    gate.open();
    expect(await purger.waitFor(recorded, 10_000)).toBe('purged');
    expect(cdn.requests).toHaveLength(2);
  });

  it('drops an old answer that reached the CDN after the purge that was to end it', async () => {
    const [sent, acknowledged] = [createGate(), createGate()];
    const origin = await startHandServer(async (_, response) => {
      await sent.pass();
      response
        .writeHead(200, { 'cdn-cache-control': 'max-age=60', 'surrogate-key': surrogateKeysOf(['article:one']) })
        .end('from before');
    });
    const edge = await startFakeCdn(origin.url);
    const purger = await start({
      url: edge.purgeUrl,
      acknowledge: ({ sequence }) => (sequence === 0 ? Promise.resolve() : acknowledged.pass()),
    });
    await settle(database);
    const early = edge.get('/page');
    await sent.reached;
    const recorded = await change(database, 'article:one');
    await eventually(() => expect(edge.requests.at(-1)?.keys).toEqual(purgeKeysOf('article:one')));
    sent.open();
    await early;
    expect((await edge.get('/page')).isHit).toBe(true);
    acknowledged.open();
    expect(await purger.waitFor(recorded, 10_000)).toBe('purged');
    expect((await edge.get('/page')).isHit).toBe(false);
    await edge.close();
    await origin.close();
  });

  it('tries again for as long as the CDN refuses, then confirms', async () => {
    const purger = await startSettled();
    cdn.setManner(503);
    const recorded = await change(database, 'article:one');
    await eventually(() => expect(cdn.requests.length).toBeGreaterThan(8));
    expect(await purger.waitFor(recorded, 10)).toEqual({ process: 'cdn', until: 301_000 });
    expect(purger.failures.length).toBeGreaterThan(0);
    cdn.setManner('purge');
    expect(await purger.waitFor(recorded, 10_000)).toBe('purged');
    const figures = await purger.registry.metrics();
    expect(figures).toMatch(/masthead_cdn_purge_requests_total\{pass="confirm",outcome="failed"\} [1-9]/);
    expect(figures).toMatch(/masthead_cdn_lag_sequences\{pass="confirm"\} [01]/);
  });

  it('waits longer from try to try, and never for the same time as another process', async () => {
    const purger = await startSettled({
      random: () => 0.5,
      passes: [{ name: 'first', delayMs: 0, isAcknowledged: false }],
    });
    cdn.setManner(500);
    await change(database, 'article:one');
    await eventually(() => expect(purger.waits.length).toBeGreaterThan(9));
    expect(purger.waits.slice(0, 10)).toEqual(
      [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000].map((most) => most * 0.75),
    );
  });

  it('does not wait for ever for a CDN that hangs', async () => {
    const purger = await startSettled({ deadlineMs: 40 });
    cdn.setManner('hang');
    const recorded = await change(database, 'article:one');
    await eventually(() => expect(purger.failures.length).toBeGreaterThan(2));
    cdn.setManner('purge');
    expect(await purger.waitFor(recorded, 10_000)).toBe('purged');
  });

  it('tells no secret of the purge address when it fails', async () => {
    const purger = await startSettled({ token: 's3cret-token' });
    cdn.setManner(401);
    await change(database, 'article:one');
    await eventually(() => expect(purger.failures.length).toBeGreaterThan(0));
    for (const failure of purger.failures)
      expect(`${(failure as Error).stack} ${JSON.stringify(failure)}`).not.toContain('s3cret');
  });

  it('loses nothing when it is stopped in the middle: the next one goes on', async () => {
    const first = await startSettled();
    cdn.setManner(503);
    await change(database, 'article:one');
    await change(database, 'article:two');
    await eventually(() => expect(cdn.requests.length).toBeGreaterThan(0));
    await stop(first);
    await change(database, 'article:three');
    cdn.setManner('purge');
    cdn.requests.length = 0;
    await start();
    await settle(database);
    const wanted = (['article:one', 'article:two', 'article:three'] as const).flatMap(purgeKeysOf);
    expect([...new Set(purged())].toSorted()).toEqual([...new Set(wanted)].toSorted());
  });

  it('asks for no more keys at once than the CDN takes', async () => {
    await startSettled({ keysPerRequest: 7 });
    const tags = Array.from({ length: 10 }, (_, index) => `article:n${index}` as const);
    await change(database, ...tags);
    await settle(database);
    expect(Math.max(...cdn.requests.map(({ keys }) => keys.length))).toBe(7);
    expect(new Set(purged())).toEqual(new Set(tags.flatMap(purgeKeysOf)));
  });

  it('leaves the work to one process when there are several', async () => {
    const [one, two] = [await startSettled(), await startSettled()];
    for (let index = 0; index < 5; index += 1) {
      const recorded = await change(database, `article:n${index}`);
      expect(await Promise.all([one.waitFor(recorded, 10_000), two.waitFor(recorded, 10_000)])).toEqual([
        'purged',
        'purged',
      ]);
      // The receipt speaks of the confirming pass alone: a first one that is overtaken purges two changes in one request.
      await settle(database);
    }
    expect(cdn.requests).toHaveLength(10);
  });
});

describe('everything is purged', () => {
  it('when a CDN is purged for the first time: nobody knows what it holds', async () => {
    await start();
    await settle(database);
    expect(cdn.requests.map(({ keys }) => keys)).toEqual([[EVERYTHING_KEY], [EVERYTHING_KEY]]);
  });

  it('not by a restart alone', async () => {
    await stop(await startSettled());
    await start();
    await settle(database);
    const recorded = await change(database, 'article:one');
    await started.at(-1)?.waitFor(recorded, 10_000);
    expect(purged()).not.toContain(EVERYTHING_KEY);
  });

  it('when a release or a configuration begins, and when the last process of the one before has gone', async () => {
    const old = await startSettled();
    await start({ build: 'build-2' });
    await settle(database);
    expect(purged()).toEqual([EVERYTHING_KEY, EVERYTHING_KEY]);
    await stop(old);
    await settle(database);
    expect(purged()).toEqual(Array.from({ length: 4 }, () => EVERYTHING_KEY));
  });

  it('when changes were trimmed from the log before they were purged', async () => {
    await stop(await startSettled());
    await change(database, 'article:one');
    const { sequence } = await change(database, 'article:two');
    await database.query('DELETE FROM change_log WHERE sequence < $1', [sequence]);
    await database.query('UPDATE change_log_head SET trimmed_to = $1', [sequence - 1]);
    await start();
    await settle(database);
    expect(purged()).toEqual([EVERYTHING_KEY, EVERYTHING_KEY]);
  });

  it('when another log stands there, as after a restore', async () => {
    await startSettled();
    await database.query('UPDATE change_log_head SET epoch = gen_random_uuid()');
    await eventually(() => expect(purged()).toEqual([EVERYTHING_KEY, EVERYTHING_KEY]));
  });

  it('when it is so far behind that its keys would be too many', async () => {
    await stop(await startSettled());
    await database.query(
      `INSERT INTO change_log (sequence, kind, edition, tags, occurred_at)
       SELECT n, 'UPDATE', 'EN', ARRAY['article:' || n], now() FROM generate_series(1, 10001) n`,
    );
    await database.query('UPDATE change_log_head SET sequence = 10001');
    await start();
    await settle(database);
    expect(purged()).toEqual([EVERYTHING_KEY, EVERYTHING_KEY]);
  });
});

describe('awaitPurge', () => {
  const options = () => ({ database, url: cdn.purgeUrl, maxAgeSeconds: 60, clock: { now: () => 5_000 } });

  it('tells a command when the gateways have purged its change', async () => {
    await startSettled();
    const recorded = await change(database, 'article:one');
    expect(await awaitPurge({ ...options(), patienceMs: 20_000 }, recorded)).toBe('purged');
  });

  it('names the CDN when no gateway runs to purge it', async () => {
    await stop(await startSettled());
    const recorded = await change(database, 'article:one');
    expect(await awaitPurge({ ...options(), wait: async () => undefined }, recorded)).toEqual({
      process: 'cdn',
      until: 65_000,
    });
  });
});
