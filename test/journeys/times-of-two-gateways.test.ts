import { afterEach, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { createDatabaseClock, type DatabaseClock } from '../../src/changes/database-clock.ts';
import type { Clock } from '../../src/clock.ts';
import { findTimeFaults, type Planned, type Seen, type Told } from '../support/time-faults.ts';
import { runQuery } from '../support/run-query.ts';
import type { WoundClock } from '../support/wound-clock.ts';
import { DESK_START, openDesk, story, type Desk } from './desk.ts';

const HOUR_MS = 60 * 60_000;
const at = (milliseconds: number): string => new Date(DESK_START + milliseconds).toISOString();

let desk: Desk;
let apps: App[] = [];
afterEach(async () => {
  for (const app of apps) await app.close();
  apps = [];
  await desk.close();
});

/** Another process over the database of the desk. */
const openBeside = async (clock: Clock): Promise<App> => {
  const app = await createApp(desk.app.config, desk.app.database, { clock });
  await app.changes.start();
  await app.server.ready();
  apps.push(app);
  return app;
};

const stories = async (app: App): Promise<readonly string[]> => {
  const { data } = await runQuery(app, '{ edition(code: EN) { articles(first: 100) { nodes { slug } } } }');
  return data.edition.articles.nodes.map(({ slug }: { readonly slug: string }) => slug);
};

/** What was said that time did, in its order, in the log or on the way there: any process may be carrying it. */
const readTold = async (): Promise<readonly Planned[]> => {
  const rows = await desk.app.database.query<{ story: string; kind: string; at: Date }>(
    `SELECT a.source_id AS story, c.kind, c.occurred_at AS at
       FROM (SELECT sequence, NULL AS id, article_id, kind, occurred_at FROM change_log
             UNION ALL SELECT NULL, id, article_id, kind, occurred_at FROM outbox) c
       JOIN articles a ON a.id = c.article_id
      WHERE c.occurred_at > $1 ORDER BY c.sequence, c.id`,
    [new Date(DESK_START)],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
};

describe('two gateways over one database', () => {
  it('announce the end of an embargo once, when both look at once, and both show it', async () => {
    desk = await openDesk();
    const gateways = [desk.app, await openBeside(desk.clock)] as const;
    await desk.write(story('embargoed', { rights: { embargoedUntil: at(10_000) } }));
    for (const app of gateways) expect(await stories(app)).toEqual([]);
    desk.clock.wind(10_000);
    const announced = await Promise.all(gateways.map(({ scheduler }) => scheduler.tick()));
    expect(announced.toSorted((a, b) => a - b)).toEqual([0, 1]);
    for (const { changes } of gateways) await changes.step();
    expect(await readTold()).toMatchObject([{ story: 'embargoed', kind: 'EMBARGO_LIFT', at: DESK_START + 10_000 }]);
    for (const app of gateways) expect(await stories(app)).toEqual(['embargoed']);
  });

  it('go on with the schedule when one of them has gone, from where it was', async () => {
    desk = await openDesk();
    const gone = await createApp(desk.app.config, desk.app.database, { clock: desk.clock });
    await gone.changes.start();
    await desk.write(...[10, 20, 30].map((second) => story(`at-${second}`, { publishedAt: at(second * 1000) })));
    desk.clock.wind(10_000);
    expect(await gone.scheduler.tick()).toBe(1);
    await gone.close();
    desk.clock.wind(20_000);
    expect(await desk.app.scheduler.tick()).toBe(2);
    await desk.app.changes.step();
    expect((await readTold()).map((one) => [one.story, one.kind])).toEqual([
      ['at-10', 'PUBLISH'],
      ['at-20', 'PUBLISH'],
      ['at-30', 'PUBLISH'],
    ]);
  });
});

/** Numbers from 0 to 1 that are the same in every run. */
const createRandom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** The clock of one machine, as the test that owns the truth makes it. */
type MachineClock = Clock & Partial<Pick<DatabaseClock, 'observe' | 'uncertaintyMs'>>;
type ClockOf = (truth: WoundClock, skewMs: () => number) => MachineClock;

const ownClock: ClockOf = (truth, skewMs) => ({ now: () => truth.now() + skewMs() });
const databaseClock: ClockOf = (truth, skewMs) =>
  createDatabaseClock({ wall: () => truth.now() + skewMs(), monotonic: () => truth.now() - DESK_START });

const STEPS = 120;

/**
 * Lets two gateways, half a minute ahead of the database and behind it, follow embargoes and expiries for a while,
 * their machines' clocks set by an hour on the way, and gives what the checker finds in what they told and showed.
 */
const watch = async (createClock: ClockOf, jumpMs = HOUR_MS): Promise<readonly string[]> => {
  desk = await openDesk();
  const random = createRandom(7);
  const truth = desk.clock;
  const machines = await Promise.all(
    [30_000, -30_000].map(async (skewMs, index) => {
      const machine = { skewMs };
      const clock = createClock(truth, () => machine.skewMs);
      clock.observe?.({ databaseNow: truth.now(), sentAt: 0, receivedAt: 0 });
      return { machine, clock, process: ['ahead', 'behind'][index] as string, app: await openBeside(clock) };
    }),
  );
  const planned: Planned[] = [];
  for (let second = 1; second <= 20; second += 1) {
    const [from, until] = [at(second * 3_000), at(second * 3_000 + 7_000)];
    const name = `story-${second}`;
    await desk.write(story(name, { rights: { embargoedUntil: from, expiresAt: until } }));
    planned.push({ story: name, kind: 'EMBARGO_LIFT', at: Date.parse(from) });
    planned.push({ story: name, kind: 'KILL', at: Date.parse(until) });
  }

  const told: Told[] = [];
  const seen: Seen[] = [];
  let lateMs = 0;
  for (let step = 0; step < STEPS; step += 1) {
    truth.wind(Math.floor(random() * 1_200));
    const { machine, clock, process, app } = machines[Math.floor(random() * 2)] as (typeof machines)[number];
    if (random() < 0.1) machine.skewMs += random() < 0.5 ? jumpMs : -jumpMs;
    if (random() < 0.3) {
      const sentAt = truth.now();
      truth.wind(Math.floor(random() * 200));
      const databaseNow = truth.now();
      truth.wind(Math.floor(random() * 200));
      clock.observe?.({ databaseNow, sentAt, receivedAt: truth.now() });
    }
    if (random() < 0.4) {
      await app.scheduler.tick();
      await app.changes.step();
      const news = (await readTold()).slice(told.length);
      told.push(...news.map((one) => ({ ...one, toldAt: truth.now() })));
    }
    lateMs = Math.max(lateMs, Math.ceil(clock.uncertaintyMs?.() ?? 0));
    const shown = new Set(await stories(app));
    for (let second = 1; second <= 20; second += 1) {
      const name = `story-${second}`;
      seen.push({ story: name, isShown: shown.has(name), at: truth.now(), process });
    }
  }
  expect(seen.some(({ isShown }) => isShown)).toBe(true);
  const toldUntil = told.length === 0 ? undefined : Math.max(...told.map((one) => one.at));
  return findTimeFaults({ planned, told, seen, lateMs, ...(toldUntil === undefined ? {} : { toldUntil }) });
};

describe('two gateways on machines whose clocks are a minute apart', () => {
  it('lift no embargo early, and end none later than the uncertainty they measured', async () => {
    expect(await watch(databaseClock)).toEqual([]);
  });

  it('tell and show everything at its very instant by one clock', async () => {
    expect(await watch((truth) => ({ now: truth.now }))).toEqual([]);
  });

  it("are found out when they go by their machines' own", async () => {
    const faults = await watch(ownClock, 0);
    expect(faults).toContainEqual(expect.stringMatching(/was told \d+ ms early/));
    expect(faults).toContainEqual(expect.stringMatching(/^ahead: .* was shown .* ms before its time/));
    expect(faults).toContainEqual(expect.stringMatching(/^behind: .* was not shown/));
  });
});
