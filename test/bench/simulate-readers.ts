/**
 * Readers of a large outlet against its editors: how many views each tier answers, and what the rest costs.
 *
 *   npm run simulate:readers -- [--views-per-second 1736] [--edits-per-hour 120] [--minutes 10] [--exponent 1]
 *                               [--archive 200000] [--megabytes 48] [--seed 1]
 *
 * Three editions. Readers choose pages by Zipf's law; editors do what `bench:over-eviction` has them do, and halfway a story
 * breaks that every fourth reader of an article in English wants. Every answer is made by the gateway's own resolvers, stores and
 * importer over an embedded database, and kept by its own cache, so which changes end which answers is its own code too; only
 * the clock, Redis and the network are not there. Pages of the archive are copies of old ones under names of their own.
 */
import { parseArgs } from 'node:util';
import { loadConfig } from '../../src/config/load.ts';
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { createHandFollower } from '../cache/hand-follower.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { createDice } from '../support/dice.ts';
import { OPENING } from './over-eviction/newsroom.ts';
import { createAnswers } from './simulation/answers.ts';
import { createDeployment, type Counts, type Deployment } from './simulation/deployment.ts';
import { createPress, type Published } from './simulation/press.ts';
import { createReaders } from './simulation/readers.ts';

const { values } = parseArgs({
  options: {
    'views-per-second': { type: 'string', default: '1736' },
    'edits-per-hour': { type: 'string', default: '120' },
    minutes: { type: 'string', default: '10' },
    exponent: { type: 'string', default: '1' },
    archive: { type: 'string', default: '200000' },
    // As `MEMORY_TIER_MEGABYTES` is by default.
    megabytes: { type: 'string', default: '48' },
    seed: { type: 'string', default: '1' },
  },
});
const setting = (name: keyof typeof values): number => Number(values[name]);
const [VIEWS, MINUTES, SEED] = [setting('views-per-second'), setting('minutes'), setting('seed')];
const STORIES = { en: 250, ar: 100, es: 150 };
/** Caches fill up meanwhile; nothing is counted. */
const WARM_UP_SECONDS = 5 * 60;
const SECONDS = WARM_UP_SECONDS + MINUTES * 60;
const BREAKS_AT = WARM_UP_SECONDS + MINUTES * 30;
const FOLLOWS_EVERY_SECONDS = 120;
const EDIT_EVERY_SECONDS = 3_600 / setting('edits-per-hour');

const config = loadConfig({
  variables: { PUBLIC_URL: 'https://news.example', LOG_LEVEL: 'silent' },
  demoFile: demoConfigFile,
});
let sent = 0;
const database = await createEmbeddedDatabase({ observe: () => (sent += 1) });
await migrate(database, migrationsDirectory);
const clock = createWoundClock(OPENING);
const follower = createHandFollower(() => clock.now());
const press = await createPress({ database, editions: config.editions, clock, seed: SEED, counts: STORIES });
const readers = createReaders({
  seed: SEED,
  stories: press.stories,
  archive: setting('archive'),
  exponent: setting('exponent'),
});
const answers = await createAnswers({ database, statements: () => sent, config, follower, clock });
const shapes = [
  ...[1, 2, 4, 8, 16].map((processes) => ({ processes, hasRedis: true })),
  ...[1, 4, 16].map((processes) => ({ processes, hasRedis: false })),
];
const deployments = shapes.map((shape) =>
  createDeployment({ ...shape, megabytes: setting('megabytes'), follower, clock, answers, dice: createDice(SEED) }),
);

const apply = ({ story, isNew, tags }: Published): void => {
  if (tags.length > 0) follower.change(...tags);
  if (story !== undefined) readers.show(story, isNew);
};
let edits = 0;
let broken: Published['story'];
/** What the desks do at `second`, some of it anew at every few. */
const editFor = async (second: number): Promise<void> => {
  if (second === BREAKS_AT) {
    const published = await press.breakNews();
    apply(published);
    broken = published.story;
    if (broken !== undefined) readers.rush(broken);
  } else if (broken !== undefined && (second - BREAKS_AT) % FOLLOWS_EVERY_SECONDS === 0)
    apply(await press.follow(broken));
  for (; (edits + 1) * EDIT_EVERY_SECONDS <= second; edits += 1) apply(await press.edit());
};

const begun = performance.now();
const distinct = new Set<string>();
for (let second = 0; second < SECONDS; second += 1) {
  if (second === WARM_UP_SECONDS) for (const deployment of deployments) deployment.takeCounts();
  await editFor(second);
  for (let view = 0; view < VIEWS; view += 1) {
    const opened = readers.next();
    if (second >= WARM_UP_SECONDS) distinct.add(opened.key);
    for (const deployment of deployments) {
      const reading = deployment.read(opened);
      // Nearly all are hits, which nobody has to wait for.
      if (reading !== undefined) await reading;
    }
  }
  for (const deployment of deployments) await deployment.settle();
  clock.wind(1_000);
  if (second % 60 === 59) process.stderr.write(`minute ${(second + 1) / 60} of ${SECONDS / 60}\n`);
}

const perSecond = (count: number): string => (count / (MINUTES * 60)).toFixed(1);
const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(14) : String(cell).padStart(11))).join('');
const megabytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(1);
const describeDeployment = async (deployment: Deployment, counts: Counts): Promise<string> => {
  const { memory, stale, shared, filled, fills, statements } = counts;
  const views = memory + stale + shared + filled;
  const percent = (count: number): string => `${((count / views) * 100).toFixed(2)} %`;
  const { memoryBytes, redisBytes } = await deployment.size();
  const shares = [memory, stale, shared, filled].map(percent);
  const costs = [perSecond(fills), perSecond(statements), megabytes(memoryBytes), megabytes(redisBytes)];
  return row([deployment.name, ...shares, ...costs]);
};
console.log(`Node ${process.version}; ${JSON.stringify(values)}`);
console.log(
  `${VIEWS * MINUTES * 60} views of ${distinct.size} pages in ${MINUTES} minutes, ${edits} edits with the warm-up, ${answers.count()} answers made; ${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
const head = ['memory', 'aged', 'Redis', 'waited', 'fills/s', 'SQL/s', 'memory MB', 'Redis MB'];
console.log(row(['processes', ...head]));
for (const deployment of deployments) console.log(await describeDeployment(deployment, deployment.takeCounts()));
await database.close();
