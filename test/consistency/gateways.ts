import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import type { ClockOrder } from './gateway-preload.ts';
import { openLink, type Link } from './link.ts';
import { spawnGateway } from './spawn-gateway.ts';
import { createStops, type Stops } from './stops.ts';

/** One life of one gateway process; those behind one port are told apart by what their answers say. */
export interface Life extends Stops {
  /** What it calls itself in acknowledgements. */
  readonly name: string;
  /** Which of the gateways it is a life of. */
  readonly slot: number;
  readonly port: number;
  readonly sql: Link;
  readonly redis: Link;
  /** Whether it listens and has not ended, stopped or not. */
  isServing(): boolean;
  order(order: ClockOrder): void;
  /** Resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** The last lines of its log. */
  log(): readonly string[];
}

export interface Gateways {
  /** Those that listen. */
  serving(): readonly Life[];
  /** Starts another life in `slot`; resolves when it listens, rejects when it ends without. */
  start(slot: number): Promise<Life>;
  onServing(callback: (life: Life) => void): void;
  close(): Promise<void>;
}

export interface GatewaysOptions {
  readonly databaseUrl: string;
  readonly redisPort: number;
  /** Environment variables of every gateway. */
  readonly variables: Readonly<Record<string, string>>;
  readonly badBuild: string | null;
  /** Whether all lives of a slot have one name, as under an orchestrator; default: each its own. */
  readonly isNameKept: boolean;
}

const LOG_LINES = 30;
const START_LIMIT_MS = 45_000;
/** A clean stop gets this long, then it is no longer asked. */
const STOP_LIMIT_MS = 15_000;

/** The last lines that `child` wrote to its standard error. */
export const keepLines = (child: ChildProcess): (() => readonly string[]) => {
  const lines: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''));
    lines.splice(0, lines.length - LOG_LINES);
  });
  return () => lines;
};

/** Real gateway processes, each behind links of its own to SQL and Redis. */
export const createGateways = ({
  databaseUrl,
  redisPort,
  variables,
  badBuild,
  isNameKept,
}: GatewaysOptions): Gateways => {
  const lives = new Set<Life>();
  const callbacks: ((life: Life) => void)[] = [];
  let started = 0;

  const start = async (slot: number): Promise<Life> => {
    const [sql, redis, port] = await Promise.all([
      openLink(Number(new URL(databaseUrl).port)),
      openLink(redisPort),
      pickFreePort(),
    ]);
    const address = new URL(databaseUrl);
    address.port = String(sql.port);
    started += 1;
    const name = isNameKept ? `gateway-${slot}` : `gateway-${slot}.${started}`;
    const own = {
      PORT: String(port),
      PROCESS_NAME: name,
      DATABASE_URL: address.href,
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    };
    const child = spawnGateway({ ...variables, ...own }, badBuild, 'pipe');
    const log = keepLines(child);
    let isServing = false;
    const gone = new Promise<void>((resolveGone) => child.once('close', () => resolveGone()));
    const { noteSleep, ...stops } = createStops((signal) => child.kill(signal));
    const life: Life = {
      name,
      slot,
      port,
      sql,
      redis,
      log,
      ...stops,
      isServing: () => isServing,
      order(order) {
        if ('sleepMs' in order) noteSleep(order.sleepMs);
        if (child.connected) child.send(order, () => undefined);
      },
      async end(signal) {
        isServing = false;
        child.kill(signal);
        if (signal === 'SIGTERM')
          void pause(STOP_LIMIT_MS, undefined, { ref: false }).then(() => child.kill('SIGKILL'));
        await gone;
      },
    };
    lives.add(life);
    // What it had sent is still on its way: its links outlive it for a while.
    const clearAway = async (): Promise<void> => {
      await gone;
      isServing = false;
      lives.delete(life);
      await pause(5_000, undefined, { ref: false });
      await Promise.all([sql.close(), redis.close()]);
    };
    void clearAway();
    await new Promise<void>((resolveStart, reject) => {
      const limit = setTimeout(() => reject(new Error(`${name} does not start: ${log().join('\n')}`)), START_LIMIT_MS);
      const settle = (act: () => void): void => {
        clearTimeout(limit);
        act();
      };
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('Endpoint')) settle(resolveStart);
      });
      void gone.then(() => settle(() => reject(new Error(`${name} ended at its start: ${log().join('\n')}`))));
    });
    isServing = true;
    for (const callback of callbacks) callback(life);
    return life;
  };

  const killAll = (): void => {
    for (const life of lives) void life.end('SIGKILL');
  };
  process.once('exit', killAll);
  return {
    serving: () => [...lives].filter((life) => life.isServing()),
    start,
    onServing: (callback) => void callbacks.push(callback),
    async close() {
      process.off('exit', killAll);
      await Promise.all([...lives].map((life) => life.end('SIGKILL')));
    },
  };
};
