import type { Worker } from 'node:cluster';
import type { Logger } from '../telemetry/logger.ts';
import { EXIT } from './exit-status.ts';

/** A process that is started again whenever it dies. */
export interface KeptProcess {
  /**
   * Resolves once it serves for the first time, however often it had to be started; never, once it is stopped.
   *
   * @throws {StartError} when it ended by itself before that, or was killed five times.
   */
  readonly serves: Promise<void>;
  /** Asks it to end and gives whether it did so in order. Not within the bound: it is killed. */
  stop(): Promise<boolean>;
}

export interface KeptProcessOptions {
  readonly name: string;
  /** Begins another life of it. */
  readonly start: () => Worker;
  /** How long it may take to end when it is asked to. */
  readonly stopLimitMs: number;
  readonly logger: Logger;
}

/** A process could not start. What it knew of the reason it has said on standard error; what is left is how it ended. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly exitStatus: number;

  constructor(exitStatus: number) {
    super(`The process ended with ${exitStatus} before it served`);
    this.exitStatus = exitStatus;
  }
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** Whoever served for so long was well: what ended it is no reason to wait. */
const WELL_AFTER_MS = 60_000;

/** Started so often without serving once, by signals alone, it will not serve. */
const GIVE_UP_AFTER = 5;

/** How long to wait before a process is started again that died `deaths` times in a row: twice as long each time. */
export const pauseAfter = (deaths: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), LONGEST_PAUSE_MS);

/** Starts it, and again whenever it dies, until it is stopped. */
export const keepProcess = ({ name, start, stopLimitMs, logger }: KeptProcessOptions): KeptProcess => {
  const served = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<boolean>();
  // Whoever stops it meanwhile does not ask.
  served.promise.catch(() => undefined);
  let worker: Worker | undefined;
  let hasServed = false;
  let isStopping = false;
  let deaths = 0;
  let again: NodeJS.Timeout | undefined;

  const live = (): void => {
    let servesSince = Infinity;
    const life = start();
    worker = life;
    life.once('listening', () => {
      if (isStopping) return;
      servesSince = performance.now();
      hasServed = true;
      logger.info({ name, pid: life.process.pid }, 'a process serves');
      served.resolve();
    });
    const end = (exitStatus: number | null, signal: string | null): void => {
      worker = undefined;
      // One that was still being read in knows no other way to end.
      if (isStopping) return ended.resolve(exitStatus === 0 || signal === 'SIGTERM');
      deaths = performance.now() - servesSince > WELL_AFTER_MS ? 1 : deaths + 1;
      // By itself it ends because of something that another start would meet too.
      const hasFailed = (exitStatus ?? 0) !== 0 || deaths >= GIVE_UP_AFTER;
      if (!hasServed && hasFailed) return served.reject(new StartError(exitStatus || EXIT.failed));
      const pauseMs = pauseAfter(deaths);
      logger.error({ name, exitStatus, signal, pauseMs }, 'a process ended that nobody asked to: it is started again');
      again = setTimeout(live, pauseMs);
    };
    life.once('exit', end);
    life.on('error', (error) => {
      logger.error({ name, error }, 'a process cannot be reached');
      // One that the system did not start has no end to tell of.
      if (life.process.pid === undefined) end(null, null);
    });
  };
  live();

  return {
    serves: served.promise,
    async stop() {
      isStopping = true;
      clearTimeout(again);
      if (worker === undefined) return true;
      const { process: child } = worker;
      child.kill('SIGTERM');
      const bound = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
      const isInOrder = await ended.promise;
      clearTimeout(bound);
      return isInOrder;
    },
  };
};
