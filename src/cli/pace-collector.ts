import { setFlagsFromString } from 'node:v8';

/** The first whose V8 knows the flag; another would say so on standard error. */
const KNOWN_FROM_NODE = 24;

/** How much the heap may grow at most beyond what lives before all of it is looked at again, in percent of that. */
const GROWING_PERCENT = 60;

/** And at least, however large a process is: it costs time and saves memory (docs/decisions/0046). */
const LARGE_GROWING_PERCENT = 16;

/** What a process takes besides what it keeps: code, young objects, requests that run, what waits to be collected. */
const OTHER_MEGABYTES = 244;

const LOOK_EVERY_MS = 1_000;

export interface ProcessMegabytes {
  readonly resident: number;
  /** Objects, and what lies outside of the heap for them. */
  readonly used: number;
}

/**
 * How much the heap of a process may grow that keeps `keptMegabytes` at most: as far as the process is as large as it should be. What it
 * takes once, the C library does not give back, so nothing may grow beyond that on the way there.
 */
export const growingPercentOf = ({ resident, used }: ProcessMegabytes, keptMegabytes: number): number => {
  const roomMegabytes = OTHER_MEGABYTES + keptMegabytes - resident;
  const percent = Math.floor((roomMegabytes / used) * 100);
  return Math.min(Math.max(percent, LARGE_GROWING_PERCENT), GROWING_PERCENT);
};

export interface PaceCollectorOptions {
  /** Bound of all that is kept in memory. */
  readonly keptMegabytes: number;
}

/**
 * Holds the collector to what a process of ours may take, and to what is worth its time, until what it gives is called.
 *
 * It lets the heap grow by little more than half of what lives, and by less, a sixth at least, the nearer the process is to what it
 * should take: V8's own choice on a large machine is up to four times as much, which is 550 MB for 65 that live, held for good.
 * `npm run bench:soak` looks at it.
 *
 * And it counts what lies outside the heap (bodies on their way from stores and out to sockets) as a part of it when it is
 * decided whether to collect. By itself V8 marks the whole heap, and with it all that is kept, whenever 64 MB have come since the last
 * time: at 400 MB a second out of Redis that is six times a second, a third of a core. Counted in, such bodies
 * die young, in the collections that look at young objects only.
 *
 * And nothing is made among old objects from the start. V8 does that with what one line of code makes, once most of it has lived
 * long: while memory fills with articles and answers it does. Afterwards the same line makes what is sent and forgotten, and all that
 * this can reach, rows and texts of pages that are gone, lives until the whole heap is marked.
 *
 * Young objects can be bounded at the start alone: bin/masthead.js does.
 */
export const paceCollector = ({ keptMegabytes }: PaceCollectorOptions): (() => void) => {
  if (Number(process.versions.node.split('.')[0]) < KNOWN_FROM_NODE) return () => undefined;
  const pace = (): void => {
    const { rss, heapUsed, external } = process.memoryUsage();
    const megabytes = { resident: rss / 2 ** 20, used: (heapUsed + external) / 2 ** 20 };
    setFlagsFromString(`--heap-growing-percent=${growingPercentOf(megabytes, keptMegabytes)}`);
  };
  pace();
  setFlagsFromString('--external-memory-accounted-in-global-limit');
  setFlagsFromString('--no-allocation-site-pretenuring');
  const looking = setInterval(pace, LOOK_EVERY_MS).unref();
  return () => clearInterval(looking);
};
