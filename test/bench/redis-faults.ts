/**
 * What readers notice when Redis is killed, hangs, is slow, full or flushed:
 *
 *   npm run bench:redis-faults -- [requests per second] [seconds per phase] [faults, by a part of their name]
 *
 * Starts PostgreSQL, Redis and a real gateway with a memory tier too small for what it is asked, so that Redis is asked
 * all the time; sends requests at a steady rate, whatever becomes of those before, and prints latencies before, during and
 * after each fault, beside those of a gateway that has no Redis: that is what a lost cache costs by itself.
 */
import { Agent, request } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { readRelease } from '../../src/config/read-release.ts';
import { startOwnRedis } from '../redis/own-redis.ts';
import { startPostgres } from '../support/services.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { startMasthead, type StartedMasthead } from './start-masthead.ts';

const [RATE = 100, SECONDS = 5] = process.argv.slice(2, 4).map(Number);
const WANTED = process.argv[4] ?? '';
/** More than the memory tier holds, asked in turn: it never has what is asked next. */
const QUESTIONS = 2_000;

const ADMIN_TOKEN = 'only-for-this-benchmark';

const startGateway = (variables: Readonly<Record<string, string>>): Promise<StartedMasthead> =>
  startMasthead({ LOG_LEVEL: 'fatal', ADMIN_TOKEN, ...variables }, { isHeard: true });

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

const send = (url: string): Promise<{ readonly isGood: boolean; readonly status: string; readonly body: string }> =>
  new Promise((resolve) => {
    const fail = (error: Error): void => resolve({ isGood: false, status: '', body: error.message });
    request(url, { agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('error', fail);
      response.on('end', () => {
        const isGood = response.statusCode === 200 && !body.includes('"errors"');
        resolve({ isGood, status: String(response.headers['cache-status']), body });
      });
    })
      .on('error', fail)
      .end();
  });

/** A short listing as of one of `QUESTIONS` instants: cheap to make, so that what Redis adds is not lost in it. */
const addressOf = (url: string, question: number): string => {
  const before = new Date(Date.UTC(2040, 0, 1) + question * 1000).toISOString().replace('.000', '');
  const query = `{ edition(code: EN) { articles(first: 2, filter: { publishedBefore: "${before}" }) { nodes { id headline } } } }`;
  return `${url}/graphql?${new URLSearchParams({ query }).toString()}`;
};

interface Phase {
  readonly latenciesMs: readonly number[];
  readonly failures: readonly string[];
  readonly hits: number;
}

let asked = 0;
/** Requests at the steady rate, whatever becomes of those before. */
const load = async (url: string, seconds: number): Promise<Phase> => {
  const latenciesMs: number[] = [];
  const failures: string[] = [];
  let hits = 0;
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let i = 0; i < seconds * RATE; i += 1) {
    const dueMs = began + (i * 1000) / RATE;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await pause(waitMs);
    asked += 1;
    const sentAt = performance.now();
    running.push(
      send(addressOf(url, asked % QUESTIONS)).then(({ isGood, status, body }) => {
        latenciesMs.push(performance.now() - sentAt);
        if (!isGood) failures.push(body);
        if (/; hit/.test(status)) hits += 1;
        return undefined;
      }),
    );
  }
  await Promise.all(running);
  return { latenciesMs, failures, hits };
};

const at = (latenciesMs: readonly number[], share: number): number =>
  latenciesMs.toSorted((a, b) => a - b)[Math.ceil(share * latenciesMs.length) - 1] ?? NaN;

const describe = (name: string, { latenciesMs, failures, hits }: Phase, baseP99 = NaN): string => {
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => at(latenciesMs, share)) as [number, number, number];
  const added = Number.isNaN(baseP99)
    ? ''
    : `  p99 beside no Redis ${(p99 - baseP99 >= 0 ? '+' : '') + (p99 - baseP99).toFixed(1)}`;
  const hitShare = `hits ${((100 * hits) / latenciesMs.length).toFixed(0)} %`;
  return `  ${name.padEnd(12)} p50 ${p50.toFixed(1).padStart(6)}  p99 ${p99.toFixed(1).padStart(6)}  max ${most.toFixed(1).padStart(6)} ms  ${hitShare.padEnd(10)} failed ${failures.length}${added}${failures[0] === undefined ? '' : `\n    ${failures[0]}`}`;
};

/** Asks everything once: memory then holds what was asked last, and what is asked first stands in Redis alone. */
const warmUp = async (url: string): Promise<void> => {
  let next = 0;
  const askOn = async (): Promise<void> => {
    for (let question = next++; question < QUESTIONS; question = next++) await send(addressOf(url, question));
  };
  await Promise.all(Array.from({ length: 4 }, askOn));
  asked = 0;
};

/** How often requests waited for Redis at most so many seconds, by seconds. */
const readWaits = async (url: string): Promise<ReadonlyMap<number, number>> => {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  const lines = (await response.text()).matchAll(/^masthead_redis_wait_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm);
  return new Map(
    [...lines].map(([, seconds, count]) => [seconds === '+Inf' ? Infinity : Number(seconds), Number(count)]),
  );
};

/** What is under these shares of the waits between two readings, in milliseconds. */
const describeWaits = (from: ReadonlyMap<number, number>, to: ReadonlyMap<number, number>): string => {
  const counts = [...to].map(([seconds, count]) => [seconds, count - (from.get(seconds) ?? 0)] as const);
  const all = counts.at(-1)?.[1] ?? 0;
  const [p99, most] = [0.99, 1].map((share) => 1000 * (counts.find(([, count]) => count >= share * all)?.[0] ?? NaN));
  return `waits for Redis: p99 ≤ ${p99} ms, all ≤ ${most} ms`;
};

const isRedisUp = async (url: string): Promise<boolean> => (await send(`${url}/readyz`)).body.includes('"redis":"ok"');

const postgres = await startPostgres();
const redis = await startOwnRedis();
const wire = await startTcpProxy(redis.url);
const common = { DATABASE_URL: postgres.url, MEMORY_TIER_MEGABYTES: '1' };

const FAULTS: readonly (readonly [string, () => Promise<unknown>, () => Promise<unknown>])[] = [
  ['killed, restarted empty', () => redis.kill(), () => redis.restart()],
  ['hung (SIGSTOP)', async () => redis.hang(), async () => redis.resume()],
  ['slow, by 100 ms', () => wire.slow(100), () => wire.pass()],
  ['slow, by 14 ms', () => wire.slow(14), () => wire.pass()],
  ['refused', () => wire.refuse(), () => wire.pass()],
  ['a wire that swallows', () => wire.hang(), () => wire.pass()],
  [
    'full',
    async () => {
      await redis.tell('FLUSHALL');
      await redis.tell('CONFIG', 'SET', 'maxmemory', '1');
    },
    () => redis.tell('CONFIG', 'SET', 'maxmemory', '0'),
  ],
  ['flushed', () => redis.tell('FLUSHALL'), async () => undefined],
];

const [cpu] = cpus();
console.log(
  `masthead ${readRelease()}, Node ${process.version}, ${cpus().length} × ${cpu?.model}; load ${loadavg()[0]?.toFixed(1)}`,
);
console.log(`${RATE} requests/s over ${QUESTIONS} listings, ${SECONDS} s a phase; everything on this machine`);
try {
  const alone = await startGateway(common);
  const sample = await send(addressOf(alone.url, 0));
  if (!sample.isGood) throw new Error(`It does not answer: ${sample.body}`);
  console.log(`${sample.body.length} bytes an answer`);
  await warmUp(alone.url);
  const base = await load(alone.url, SECONDS);
  await alone.end();
  console.log(`\nno Redis\n${describe('steady', base)}`);
  const baseP99 = at(base.latenciesMs, 0.99);

  const gateway = await startGateway({ ...common, REDIS_URL: wire.url });
  /** A phase as it is printed, with what `act` does in the middle of it. */
  const show = async (name: string, act?: () => Promise<unknown>): Promise<void> => {
    const waited = await readWaits(gateway.url);
    const phase = load(gateway.url, SECONDS);
    await pause(50);
    await act?.();
    console.log(describe(name, await phase, baseP99));
    console.log(`               ${describeWaits(waited, await readWaits(gateway.url))}`);
  };
  for (const [name, begin, end] of FAULTS.filter(([fault]) => fault.includes(WANTED))) {
    console.log(`\n${name}`);
    await warmUp(gateway.url);
    await show('before');
    await show('during', begin);
    await show('after', async () => {
      await end();
      const endedAt = performance.now();
      while (!(await isRedisUp(gateway.url))) await pause(5);
      console.log(`  asked again ${(performance.now() - endedAt).toFixed(0)} ms after it was over`);
    });
  }
  await gateway.end();
} finally {
  agent.destroy();
  await wire.close();
  await redis.close();
  await postgres.stop();
}
