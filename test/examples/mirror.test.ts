import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { runTakedown } from '../../src/cli/takedown-command.ts';
import { systemClock } from '../../src/clock.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import { tagOf } from '../../src/content/tags.ts';
import { addEndpoint } from '../../src/syndication/webhooks/endpoint-register.ts';
import { followChanges, type Gateway } from '../../docs/examples/mirror/follow-changes.ts';
import { openStoryFolder, type StoryFolder } from '../../docs/examples/mirror/story-folder.ts';
import { hear } from '../cli/hear.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { createRandom, pickOf } from '../support/create-random.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const STEPS = 40;
const KILLS = 10;

let app: TestApp;
let gateway: Gateway;
let secret: string;
let port: number;
let mirror: ChildProcess | undefined;
const folders: string[] = [];
const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-mirror-'));
  folders.push(folder);
  return folder;
};

beforeAll(async () => {
  const variables = { WEBHOOK_ALLOW_NETWORKS: '127.0.0.1', HOST: '127.0.0.1', PROBE_SECONDS: '0' };
  app = await createTestApp({ variables });
  const key = await addTestPartner(app.database, 'mirror');
  port = await pickFreePort();
  const endpoint = {
    partnerId: 'mirror',
    url: `http://127.0.0.1:${port}/`,
    editions: ['EN' as const],
    isFromStart: false,
  };
  ({ secret } = await addEndpoint(app.database, endpoint, systemClock.now()));
  gateway = { url: `http://127.0.0.1:${await app.start()}`, key, edition: 'EN' };
}, 60_000);
afterAll(async () => {
  mirror?.kill('SIGKILL');
  await app.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const startMirror = async (folder: string): Promise<void> => {
  mirror = spawn(process.execPath, [join(PROJECT_ROOT, 'docs/examples/mirror/main.ts')], {
    env: {
      PATH: process.env['PATH'],
      GATEWAY_URL: gateway.url,
      PARTNER_KEY: gateway.key,
      EDITION: gateway.edition,
      WEBHOOK_SECRET: secret,
      FOLDER: folder,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(mirror.stdout as NonNullable<ChildProcess['stdout']>, 'data');
};
const killMirror = async (): Promise<void> => {
  const dead = mirror as ChildProcess;
  const exit = once(dead, 'exit');
  dead.kill('SIGKILL');
  await exit;
};
const storiesIn = (folder: string): Readonly<Record<string, unknown>> => {
  const stories = join(folder, 'stories');
  const names = readdirSync(stories).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(join(stories, name), 'utf8'))]));
};

const edit = (id: ArticleId, headline: string): Promise<unknown> =>
  app.database.transaction(async (transaction) => {
    await transaction.query('UPDATE articles SET headline = $2, version = version + 1 WHERE id = $1', [id, headline]);
    await transaction.query(
      `INSERT INTO outbox (kind, article_id, edition, tags, version, occurred_at)
       SELECT 'UPDATE', id, edition, ARRAY[$2], version, date_trunc('second', now()) FROM articles WHERE id = $1`,
      [id, tagOf.article(id)],
    );
  });
const takeDown = async (id: ArticleId, lift: boolean): Promise<void> => {
  const { database, config } = app;
  const appender = createAppender({ database });
  await runTakedown(
    { database, appender, editions: config.editions, now: systemClock.now() },
    { article: id, lift },
    hear(),
  );
};

it('has what a new follower is given, however often it was killed', { timeout: 120_000 }, async () => {
  const random = createRandom(11);
  const rows = await app.database.query<{ id: ArticleId }>(
    `SELECT id FROM articles WHERE edition = 'EN' AND withdrawn_at IS NULL ORDER BY id LIMIT 8`,
  );
  const ids = rows.map(({ id }) => id);
  const down = new Set<ArticleId>();
  const folder = makeFolder();
  await startMirror(folder);
  for (let step = 0; step < STEPS; step += 1) {
    const id = pickOf(random, ids);
    if (down.has(id)) {
      await takeDown(id, true);
      down.delete(id);
    } else if (random() < 0.3) {
      await takeDown(id, false);
      down.add(id);
    } else await edit(id, `Headline ${step}`);
    if (step % (STEPS / KILLS) === 1) {
      await killMirror();
      await startMirror(folder);
    }
  }
  await edit(ids.find((id) => !down.has(id)) as ArticleId, 'The last of all');
  await app.changes.step();
  const fresh = makeFolder();
  await followChanges(gateway, await openStoryFolder(fresh));
  const wanted = storiesIn(fresh);
  expect(Object.keys(wanted).length).toBeGreaterThan(30);
  const isLast = (stories: Readonly<Record<string, unknown>>): boolean =>
    JSON.stringify(stories).includes('The last of all');
  expect(isLast(wanted)).toBe(true);
  for (const id of ids) expect(`${id}.json` in wanted).toBe(!down.has(id));
  // By the bell: its own clock would ask in a minute only.
  while (!isLast(storiesIn(folder))) await new Promise(setImmediate);
  expect(storiesIn(folder)).toEqual(wanted);
});

/** Dies at the write number `fatal`. */
const dying = (folder: StoryFolder, fatal: number): StoryFolder => {
  let writes = 0;
  const write = async (work: () => Promise<void>): Promise<void> => {
    writes += 1;
    if (writes === fatal) throw new Error('Killed');
    await work();
  };
  return {
    readCursor: folder.readCursor,
    saveCursor: (cursor) => write(() => folder.saveCursor(cursor)),
    save: (id, story) => write(() => folder.save(id, story)),
    remove: (id) => write(() => folder.remove(id)),
    doubt: folder.doubt,
    doubts: folder.doubts,
    drop: () => write(folder.drop),
  };
};
/** Saves the cursor before the stories: what must not be done. */
const hasty = (folder: StoryFolder): StoryFolder => {
  const late: (() => Promise<void>)[] = [];
  return {
    ...folder,
    save: async (id, story) => void late.push(() => folder.save(id, story)),
    async saveCursor(cursor) {
      await folder.saveCursor(cursor);
      for (const save of late.splice(0)) await save();
    },
  };
};

it('is whole after a death at any write, and would not be with the cursor first', { timeout: 120_000 }, async () => {
  const fresh = makeFolder();
  await followChanges(gateway, await openStoryFolder(fresh));
  const wanted = JSON.stringify(storiesIn(fresh));
  /** Whether a mirror is whole that died at write `fatal` and began again; undefined: it had nothing left to die at. */
  const survives = async (fatal: number, as: (folder: StoryFolder) => StoryFolder): Promise<boolean | undefined> => {
    const path = makeFolder();
    const folder = await openStoryFolder(path);
    const [pulled] = await Promise.allSettled([followChanges(gateway, as(dying(folder, fatal)))]);
    if (pulled.status === 'fulfilled') return undefined;
    await followChanges(gateway, folder);
    return JSON.stringify(storiesIn(path)) === wanted;
  };
  const deaths: boolean[] = [];
  for (let fatal = 1; ; fatal += fatal < 3 ? 1 : 5) {
    const isWhole = await survives(fatal, (folder) => folder);
    if (isWhole === undefined) break;
    deaths.push(isWhole);
  }
  expect(deaths.length).toBeGreaterThan(8);
  expect(deaths.filter((isWhole) => !isWhole)).toEqual([]);
  expect(await survives(20, hasty)).toBe(false);
});
