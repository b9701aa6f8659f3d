import { setFlagsFromString } from 'node:v8';

/** The first whose V8 knows the flag; another would say so on standard error. */
const KNOWN_FROM_NODE = 24;

/** How much the heap may grow beyond what lives before all of it is looked at again, in percent of that. */
const GROWING_PERCENT = 60;

/**
 * Holds the collector to what a process of ours may take, and to what is worth its time.
 *
 * It lets the heap grow by little more than half of what lives: V8's own choice on a large machine is up to four times as much, which
 * is 550 MB for 65 that live, held for good. `npm run bench:soak` looks at it.
 *
 * And it counts what lies outside the heap (bodies on their way from stores and out to sockets) as a part of it when it is
 * decided whether to collect. By itself V8 marks the whole heap, and with it all that is kept, whenever 64 MB have come since the last
 * time: at 400 MB a second out of Redis that is six times a second, a third of a core. Counted in, such bodies
 * die young, in the collections that look at young objects only.
 */
export const paceCollector = (): void => {
  if (Number(process.versions.node.split('.')[0]) < KNOWN_FROM_NODE) return;
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
  setFlagsFromString('--external-memory-accounted-in-global-limit');
};
