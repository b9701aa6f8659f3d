import { setTimeout as pause } from 'node:timers/promises';
import { createAppender } from '../../src/changes/appender.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { startPostgres } from '../support/services.ts';
import { createAnnouncer } from './announcer.ts';
import { createCostBook, type Durations, type FaultCost } from './figures.ts';
import { createGateways } from './gateways.ts';
import { createGatewaysBehindOnePort } from './gateways-behind-one-port.ts';
import type { Violation } from './history.ts';
import { createNemesis } from './nemesis.ts';
import { createContentWriter, createNewsroomFile, createStories } from './newsroom.ts';
import type { Profile } from './profiles.ts';
import { createRandom } from './random.ts';
import { createReaders } from './readers.ts';
import { createRecorder } from './recorder.ts';
import { startRedisServer } from './redis-server.ts';
import { createRestorer } from './restorer.ts';
import { createWriters } from './writers.ts';

export interface RunOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly profile: Profile;
  /** null: the gateway as it is. */
  readonly badBuild: string | null;
  /** Of a fresh database, migrated or not; default: a server of this run's own. */
  readonly databaseUrl?: string;
  /** Told what happens, for who watches. */
  readonly onNote?: (line: string) => void;
}

/** What came out of a run. */
export interface RunResult {
  readonly violation: Violation | undefined;
  readonly trace: readonly string[];
  /** From the first question to the end, or to the violation. */
  readonly seconds: number;
  readonly reads: number;
  readonly failedReads: number;
  /** Reads by the process that answered. */
  readonly answered: ReadonlyMap<string, number>;
  readonly outdated: number;
  readonly maximumStalenessMs: number;
  readonly writes: number;
  readonly gone: Durations;
  /** Of `gone`, what was asked for and given while no fault lasted. */
  readonly calm: Durations;
  readonly pending: Durations;
  readonly unknownOutcomes: number;
  readonly costs: ReadonlyMap<string, FaultCost>;
}

/** Short, so that its end is seen often. */
export const DEGRADED_SECONDS = 3;
const ADMIN_TOKEN = 'a-token-for-the-checker';
/** Everything promised to be over by then: a lease, its margin, the degraded window and its own. */
const SETTLE_MS = (2 + 0.25 + DEGRADED_SECONDS + 1 + 1) * 1000;
const BEAT_MS = 5;

/** No later than now, no earlier than what has just been read can have come: the last turn of the event loop. */
const createHearing = () => {
  let lastBeat = performance.now();
  const timer = setInterval(() => (lastBeat = performance.now()), BEAT_MS);
  return {
    hear: () => Math.min(performance.now(), lastBeat + 2 * BEAT_MS),
    stop: () => clearInterval(timer),
  };
};

/** Undoes everything in reverse, whatever fails. */
const createUndo = () => {
  const steps: (() => unknown)[] = [];
  return {
    add: (step: () => unknown) => void steps.push(step),
    async all() {
      for (const step of steps.toReversed()) await Promise.resolve(step()).catch(() => undefined);
    },
  };
};

/** Runs real gateways, readers, writers and a nemesis until time is up or a promise was broken. */
export const runChecker = async (options: RunOptions): Promise<RunResult> => {
  const undo = createUndo();
  try {
    return await run(options, undo.add);
  } finally {
    await undo.all();
  }
};

const run = async (
  { seconds, seed, profile, badBuild, databaseUrl, onNote = () => undefined }: RunOptions,
  undo: (step: () => unknown) => void,
): Promise<RunResult> => {
  const random = createRandom(seed);
  const newsroom = createNewsroomFile();
  undo(newsroom.remove);
  let url = databaseUrl;
  if (url === undefined) {
    const server = await startPostgres();
    undo(server.stop);
    url = server.url;
  }
  const redis = await startRedisServer();
  undo(redis.close);
  const database = createPostgresDatabase({ url, maxConnections: 10 });
  undo(() => database.close());
  await migrate(database, migrationsDirectory);

  const recorder = createRecorder();
  let onMistake = (_error: unknown): void => undefined;
  const mistaken = new Promise<never>((_, reject) => (onMistake = reject));
  mistaken.catch(() => undefined);
  const costs = createCostBook();
  const stories = createStories(profile.stories);
  const content = createContentWriter(database, newsroom.config);
  const served = {
    databaseUrl: url,
    redisPort: redis.port,
    variables: {
      ...newsroom.variables,
      ADMIN_TOKEN,
      DEGRADED_SECONDS: String(DEGRADED_SECONDS),
      LOG_LEVEL: 'warn',
      ...profile.variables,
    },
    badBuild,
  };
  const gateways = profile.isBehindOnePort
    ? await createGatewaysBehindOnePort({ ...served, processes: profile.processes })
    : createGateways({ ...served, isNameKept: profile.isNameKept });
  undo(gateways.close);
  const announcer = createAnnouncer({
    random: random.fork(),
    serving: gateways.serving,
    appender: createAppender({ database }),
    adminToken: ADMIN_TOKEN,
    directShare: profile.directShare,
    costs,
  });
  const writers = createWriters({
    recorder,
    stories,
    content,
    database,
    announcer,
    random: random.fork(),
    config: newsroom.config,
    writers: profile.writers,
    pauseMs: profile.writePauseMs,
    mix: profile.mix,
    onMistake,
  });

  await content.importSections();
  const published = stories.filter((_, index) => index % 5 !== 0);
  for (const story of published) {
    story.isHidden = false;
    writers.committed(story, writers.begin(story));
  }
  await content.importStories(published);
  await content.loadIds(stories);
  recorder.take({ event: 'quiet', at: performance.now() });

  const hearing = createHearing();
  undo(hearing.stop);
  const readers = createReaders({
    recorder,
    costs,
    stories,
    random: random.fork(),
    questions: profile.questions,
    perProcess: profile.readersPerProcess,
    pauseMs: profile.readPauseMs,
    requestsPerConnection: profile.requestsPerConnection,
    serving: gateways.serving,
    recent: writers.recent,
    hear: hearing.hear,
    onMistake,
  });
  gateways.onServing(readers.follow);
  await Promise.all(Array.from({ length: profile.processes }, (_, slot) => gateways.start(slot)));

  const restorer = createRestorer({
    database,
    writers,
    stories,
    degradedSeconds: Number(profile.variables['DEGRADED_SECONDS'] ?? DEGRADED_SECONDS),
  });
  const note = (what: string): void => {
    recorder.take({ event: 'disturbance', at: performance.now(), what });
    onNote(`${(performance.now() / 1000).toFixed(1)} ${what}`);
  };
  const nemesis = createNemesis({
    world: { gateways, redis, restorer, random: random.fork(), note },
    costs,
    weights: profile.faults,
    atOnce: profile.faultsAtOnce,
    calmMs: profile.calmMs,
    onMistake,
  });
  const begun = performance.now();
  writers.start();
  nemesis.start();
  const time = new AbortController();
  await Promise.race([mistaken, recorder.violated, pause(seconds * 1000, undefined, { signal: time.signal })]);
  time.abort();
  const ended = performance.now();

  const settle = async (): Promise<void> => {
    await nemesis.stop();
    note('everything is put right');
    await writers.stop();
    note('everything is announced');
    await pause(SETTLE_MS);
    recorder.take({ event: 'quiet', at: performance.now() });
    await readers.sweep(gateways.serving());
    await readers.stop();
  };
  const isBroken = recorder.violation() !== undefined;
  if (isBroken) {
    // Nothing is waited for that a broken gateway may never do.
    void nemesis.stop().catch(() => undefined);
    void writers.stop(true).catch(() => undefined);
    void readers.stop().catch(() => undefined);
  } else {
    await Promise.race([mistaken, settle()]);
  }
  return {
    violation: recorder.violation(),
    trace: recorder.trace(),
    seconds: (ended - begun) / 1000,
    ...recorder.figures(),
    failedReads: readers.failed(),
    answered: readers.answered,
    writes: writers.written(),
    gone: announcer.gone,
    calm: announcer.calm,
    pending: announcer.pending,
    unknownOutcomes: announcer.unknown(),
    costs: costs.costs(),
  };
};
