import cluster, { type Worker } from 'node:cluster';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { ANSWERER_FIELD } from './answerer-field.ts';
import { applyBadBuild } from './bad-builds/apply-bad-build.ts';

/** What the driver may do to a gateway's sense of time. */
export type ClockOrder =
  /** The wall clock is set: forwards or back. */
  | { readonly jumpMs: number }
  /** The machine sleeps: everything stops, the wall clock goes on, the monotonic clock does not. */
  | { readonly sleepMs: number };

/** What a watcher tells the driver of its processes. */
export interface ProcessNews {
  readonly event: 'serves' | 'ended';
  readonly name: string;
  readonly pid: number;
}

const badBuild = process.env['CONSISTENCY_BAD_BUILD'];
if (badBuild !== undefined && badBuild !== '') applyBadBuild(badBuild);

let wallOffsetMs = 0;
let sleptMs = 0;
const realNow = Date.now.bind(Date);
const realMonotonic = performance.now.bind(performance);

/** `Date` with a clock that can be set. */
class SetDate extends Date {
  constructor(...values: readonly unknown[]) {
    // Whatever was given is what `Date` takes; nothing is the present.
    super(...((values.length === 0 ? [SetDate.now()] : values) as [number]));
  }
  static override now(): number {
    return realNow() + wallOffsetMs;
  }
}
globalThis.Date = SetDate as DateConstructor;
performance.now = () => realMonotonic() - sleptMs;

/** Makes a process that may be done to what is done to a machine: its clocks obey who started it, and it ends with them. */
const obeyStarter = (): void => {
  process.on('message', (order: ClockOrder) => {
    if ('jumpMs' in order) {
      wallOffsetMs += order.jumpMs;
      return;
    }
    // In one turn: nothing of this process runs between falling asleep and the clock that stood still.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, order.sleepMs);
    sleptMs += order.sleepMs;
  });
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit(1));
  process.channel?.unref();
};

/** One of several behind a port is given what no variable of its watcher's says: its own way to SQL and Redis. */
const takePlace = (): void => {
  const { CONSISTENCY_PLACES = '{}', PROCESS_NAME = '' } = process.env;
  const places = JSON.parse(CONSISTENCY_PLACES) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  Object.assign(process.env, places[PROCESS_NAME]);
  process.send?.({ name: PROCESS_NAME });
};

/** Has a watcher tell who started it what becomes of its processes. */
const tellOfProcesses = (): void => {
  const names = new Map<Worker, string>();
  const tell = (event: ProcessNews['event'], worker: Worker): void => {
    const { pid } = worker.process;
    const name = names.get(worker);
    // One that died so early never said who it was, and nobody waits for it.
    if (pid !== undefined && name !== undefined) process.send?.({ event, name, pid } satisfies ProcessNews);
  };
  cluster.on('message', (worker: Worker, { name }: { readonly name: string }) => void names.set(worker, name));
  cluster.on('listening', (worker: Worker) => tell('serves', worker));
  cluster.on('exit', (worker: Worker) => tell('ended', worker));
};

if (cluster.isWorker) {
  takePlace();
} else {
  obeyStarter();
  tellOfProcesses();
}

// Behind one port nothing else tells who it was that answered.
subscribe('http.server.request.start', (message) => {
  (message as { readonly response: ServerResponse }).response.setHeader(
    ANSWERER_FIELD,
    process.env['PROCESS_NAME'] ?? '',
  );
});
