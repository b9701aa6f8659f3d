import { setTimeout as pause } from 'node:timers/promises';
import type { Gateways, Life } from './gateways.ts';
import type { Random } from './random.ts';
import type { RedisServer } from './redis-server.ts';
import type { Restorer } from './restorer.ts';

/** What faults are made of. */
export interface World {
  readonly gateways: Gateways;
  readonly redis: RedisServer;
  readonly restorer: Restorer;
  readonly random: Random;
  /** Whether every fault is to end now. */
  readonly isOver: () => boolean;
  /** A process of which nothing is wrong, to do something to; undefined: all the others have their own troubles. */
  readonly victim: () => Life | undefined;
  /** Tells who reads the trace. */
  readonly note: (what: string) => void;
}

/** Does something to the world and puts it right again; resolves when that is done. */
export type Fault = (world: World) => Promise<void>;

/** Sleeps, but not past the end. */
const last = async ({ isOver }: World, milliseconds: number): Promise<void> => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until && !isOver()) await pause(Math.min(50, Math.max(0, until - performance.now())));
};

/** Something done to one process for a while. */
const toOne =
  (name: string, leastMs: number, mostMs: number, begin: (life: Life, world: World) => () => void): Fault =>
  async (world) => {
    const life = world.victim();
    if (life === undefined) return;
    const milliseconds = world.random.between(leastMs, mostMs);
    world.note(`${life.name}: ${name} for ${Math.round(milliseconds)} ms`);
    const end = begin(life, world);
    await last(world, milliseconds);
    end();
    world.note(`${life.name}: ${name} is over`);
  };

const toRedis =
  (
    name: string,
    leastMs: number,
    mostMs: number,
    begin: (world: World) => unknown,
    end: (world: World) => unknown,
  ): Fault =>
  async (world) => {
    const milliseconds = world.random.between(leastMs, mostMs);
    world.note(`Redis: ${name} for ${Math.round(milliseconds)} ms`);
    await begin(world);
    await last(world, milliseconds);
    await end(world);
    world.note(`Redis: ${name} is over`);
  };

const restart =
  (signal: 'SIGKILL' | 'SIGTERM'): Fault =>
  async (world) => {
    const life = world.victim();
    if (life === undefined) return;
    world.note(`${life.name}: ${signal}`);
    const ended = life.end(signal);
    await last(world, world.random.between(0, 1_000));
    const next = await world.gateways.start(life.slot);
    world.note(`${next.name} serves in its place`);
    await ended;
  };

const redisLinks = ({ gateways }: World) => gateways.serving().map(({ redis }) => redis);

/** A process serves beside those that are always there, for a while. */
const JOINER_SLOT = 100;

/** What a follower sends: reading on, joining, renewing. Not what appends, which holds the log's lock. */
const FOLLOWING = /LATERAL \(SELECT \* FROM change_log|INTO leases|UPDATE leases/;
/** What a follower sends to join and to read on, not to renew. */
const JOINING = /LATERAL \(SELECT \* FROM change_log|INTO leases/;
/** What every follower asks before it reads on: whether anything lies there to be moved into the log. */
const RELAYING = /SELECT FROM outbox LIMIT/;
/** Until an appender has waited out the lease of a process that does not renew, on a busy machine too. */
const LEASE_OVER_MS = 3_200;
/** Statements that read content, not the log. */
const CONTENT = /articles|memberships/;

/** Everything that can be done to the world, by name. */
export const FAULTS = {
  'process killed': restart('SIGKILL'),
  'process restarted': restart('SIGTERM'),
  'process stopped': toOne('stopped', 1_000, 4_000, (life) => {
    life.stop();
    return life.resume;
  }),
  'machine asleep': toOne('asleep', 500, 4_000, (life, { random }) => {
    life.order({ sleepMs: random.between(500, 4_000) });
    return () => undefined;
  }),
  'wall clock set': toOne('clock set', 500, 3_000, (life, { random }) => {
    const jumpMs = Math.round(random.between(500, random.pick([5_000, 3_600_000])) * random.pick([-1, 1]));
    life.order({ jumpMs });
    return () => life.order({ jumpMs: -jumpMs });
  }),
  'SQL cut': toOne('SQL cut', 200, 6_500, ({ sql }) => {
    sql.cut();
    return sql.heal;
  }),
  'SQL swallowed': toOne('SQL swallowed', 200, 6_500, ({ sql }) => {
    sql.swallow();
    return sql.heal;
  }),
  'SQL slow': toOne('SQL slow', 1_500, 5_000, ({ sql }, { random }) => {
    sql.slow({ toServerMs: random.between(5, 900), toClientMs: random.between(5, 900) });
    return sql.heal;
  }),
  'content slow': toOne('answers with content slow', 500, 3_000, ({ sql }, { random }) => {
    sql.slow({ toServerMs: 0, toClientMs: random.between(20, 400), matching: CONTENT });
    return sql.heal;
  }),
  'content very slow': toOne('answers with content very slow', 2_000, 4_000, ({ sql }, { random }) => {
    // Longer than an acknowledgement takes on a busy machine: it comes while an answer is being made.
    sql.slow({ toServerMs: 0, toClientMs: random.between(600, 1_500), matching: CONTENT });
    return sql.heal;
  }),
  'log slow': toOne('log slow', 4_000, 8_000, ({ sql }, { random }) => {
    // Two round trips take longer than a lease is waited out, one takes less than it lasts.
    sql.slow({ toServerMs: 0, toClientMs: random.between(1_150, 1_400), matching: FOLLOWING });
    return sql.heal;
  }),
  'log late': toOne('log read late', 500, 3_000, ({ sql }, { random }) => {
    sql.slow({ toServerMs: 0, toClientMs: random.between(20, 400), matching: FOLLOWING });
    return sql.heal;
  }),
  'outbox late': async (world) => {
    const links = world.gateways.serving().map(({ sql }) => sql);
    world.note('everybody learns late what lies in the outbox');
    for (const link of links)
      link.slow({ toServerMs: 0, toClientMs: world.random.between(50, 400), matching: RELAYING });
    await last(world, world.random.between(1_000, 3_000));
    for (const link of links) link.heal();
    world.note('what lies in the outbox is learnt at once');
  },
  'lease lost': async (world) => {
    const life = world.victim();
    if (life === undefined) return;
    world.note(`${life.name}: SQL swallowed until its lease is over`);
    life.sql.swallow();
    await last(world, LEASE_OVER_MS);
    life.sql.heal();
    // Half a lease for each answer: as long as can be between reading and registering, and between that and reading on.
    life.sql.slow({ toServerMs: 0, toClientMs: world.random.between(700, 1_100), matching: JOINING });
    world.note(`${life.name} joins again, slowly`);
    await last(world, 4_000);
    life.sql.heal();
    world.note(`${life.name}: SQL is well`);
  },
  'process overlapped': async (world) => {
    const old = world.victim();
    if (old === undefined) return;
    const next = await world.gateways.start(old.slot);
    world.note(`${next.name} serves beside the one it replaces, which loses SQL`);
    old.sql.cut();
    await last(world, 2_500);
    world.note('the earlier life is killed');
    await old.end('SIGKILL');
  },
  'process joins': async (world) => {
    const life = await world.gateways.start(JOINER_SLOT);
    world.note(`${life.name} joins`);
    await last(world, world.random.between(500, 3_000));
    world.note(`${life.name} leaves`);
    await life.end(world.random.pick(['SIGKILL', 'SIGTERM']));
  },
  'Redis hung': toRedis(
    'hung',
    300,
    3_000,
    ({ redis }) => redis.hang(),
    ({ redis }) => redis.resume(),
  ),
  'Redis killed': toRedis(
    'killed',
    200,
    1_500,
    ({ redis }) => redis.kill(),
    ({ redis }) => redis.start(),
  ),
  'Redis flushed': toRedis(
    'flushed',
    0,
    10,
    ({ redis }) => redis.flush(),
    () => undefined,
  ),
  'Redis slow': toRedis(
    'slow',
    500,
    3_000,
    (world) => {
      const [toServerMs, toClientMs] = [world.random.between(0, 60), world.random.between(0, 60)];
      for (const link of redisLinks(world)) link.slow({ toServerMs, toClientMs });
    },
    (world) => {
      for (const link of redisLinks(world)) link.heal();
    },
  ),
  'Redis cut': toOne('Redis cut', 300, 3_000, ({ redis }) => {
    redis.cut();
    return redis.heal;
  }),
  'epoch replaced': async ({ restorer, note }) => {
    note('the epoch is replaced');
    await restorer.replaceEpoch();
  },
  'backup restored': async ({ restorer, random, note }) => {
    const isTold = random.chance(0.5);
    // A backup of this very moment takes nothing back.
    await pause(random.between(0, 2_000));
    note(`the database is restored from a backup, and ${isTold ? 'the epoch replaced' : 'nobody is told'}`);
    await restorer.restore(isTold);
    note('what was restored is announced');
  },
} satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;
