/**
 * The gateway's own time for a query that no cache has seen, with stores that answer from memory, and what it costs more when
 * nobody has seen the document either:
 *
 *   npm run bench:first-query -- [queries of each, default 300]
 *
 * Both ways of running a document (`QUERY_COMPILE`) in one run, in turn.
 */
import { cpus, loadavg } from 'node:os';
import { readRelease } from '../../src/config/read-release.ts';
import { cold, DEMO_VARIABLES, readOperation } from '../journeys/operations.ts';
import { createNewsroomInMemory, type Ask } from './newsroom-in-memory.ts';

const [QUERIES = 300] = process.argv.slice(2).map(Number);
const WARM_UP = 300;

/** A document nobody has sent: named otherwise, and every field under another name too. */
let documents = 0;
const neverSeen = (query: string): string => {
  documents += 1;
  return cold(query).replace(/\bheadline\b/, `headline${documents}: headline`);
};

interface Taken {
  /** Milliseconds on the clock. */
  readonly wall: number;
  /** Milliseconds of a processor, which others on the machine lengthen less. */
  readonly processor: number;
}

const timeOf = async (ask: Ask, query: string, variables: Readonly<Record<string, unknown>>): Promise<Taken> => {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await ask(query, variables);
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - began, processor: (user + system) / 1000 };
};

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

/** Median, and the 99th of a hundred. */
const say = (times: readonly number[]): string =>
  `${quantile(times, 0.5).toFixed(2)} (${quantile(times, 0.99).toFixed(2)})`;

const newsroom = await createNewsroomInMemory();
const gateways = [
  ['plans', await newsroom.open({ QUERY_COMPILE: 'true' })],
  ['Apollo Server, graphql-js', await newsroom.open({ QUERY_COMPILE: 'false' })],
] as const;

const [cpu] = cpus();
console.log(`masthead ${readRelease()}, Node ${process.version}, ${cpus().length} × ${cpu?.model}`);
console.log(`load ${loadavg()[0]?.toFixed(1)}; ${QUERIES} queries of each; milliseconds, median (99th of 100)\n`);
for (const name of ['article-page', 'front-page'] as const) {
  const query = readOperation(name);
  const variables = DEMO_VARIABLES.EN[name];
  for (const [, ask] of gateways)
    for (let time = 0; time < WARM_UP; time += 1) await ask(time % 3 === 0 ? neverSeen(query) : query, variables);
  const times = gateways.map(() => ({ seen: [] as Taken[], first: [] as Taken[] }));
  for (let time = 0; time < QUERIES; time += 1)
    for (const [place, [, ask]] of gateways.entries()) {
      times[place]?.seen.push(await timeOf(ask, query, variables));
      times[place]?.first.push(await timeOf(ask, neverSeen(query), variables));
    }
  for (const [place, [gateway]] of gateways.entries()) {
    const { seen, first } = times[place] ?? { seen: [], first: [] };
    for (const clock of ['wall', 'processor'] as const) {
      const [usual = [], unknown = []] = [seen, first].map((list) => list.map((taken) => taken[clock]));
      const more = (quantile(unknown, 0.5) - quantile(usual, 0.5)).toFixed(2);
      console.log(
        `${name.padEnd(13)} ${gateway.padEnd(26)} ${clock.padEnd(10)} seen ${say(usual)}, never seen ${say(unknown)}: ${more} more`,
      );
    }
  }
}
await newsroom.close();
