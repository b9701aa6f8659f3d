import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import type { ProcessNews } from './gateway-preload.ts';
import { keepLines, type Gateways, type GatewaysOptions, type Life } from './gateways.ts';
import { openLink, type Link } from './link.ts';
import { spawnGateway } from './spawn-gateway.ts';
import { createStops, type Stops } from './stops.ts';

export interface OnePortOptions extends Omit<GatewaysOptions, 'isNameKept'> {
  /** How many are behind it. */
  readonly processes: number;
}

/** The watcher's own name; those of its processes follow from it. */
const NAME = 'port';
/** The watcher waits up to 30 s before it starts one again that died often. */
const START_LIMIT_MS = 90_000;
/** A clean stop gets this long, then it is no longer asked. */
const STOP_LIMIT_MS = 15_000;

/** What all lives of one of the processes have in common: they have one name, too. */
interface Place {
  readonly slot: number;
  readonly name: string;
  readonly sql: Link;
  readonly redis: Link;
  readonly stops: Stops;
  life: Life | undefined;
  /** Of the life. */
  pid: number | undefined;
  /** The life is over. */
  readonly onOver: (() => void)[];
}

/** The process that keeps the others. */
interface Watcher {
  readonly child: ChildProcess;
  readonly log: Life['log'];
  /** Resolves when it and they are gone. */
  readonly ended: Promise<void>;
}

const signal = (pid: number | undefined, name: NodeJS.Signals): void => {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It has just ended.
  }
};

const openPlace = async (slot: number, { databaseUrl, redisPort }: OnePortOptions): Promise<Place> => {
  const [sql, redis] = await Promise.all([openLink(Number(new URL(databaseUrl).port)), openLink(redisPort)]);
  const { noteSleep: _, ...stops } = createStops((name) => signal(place.pid, name));
  const name = `${NAME}-${slot + 1}`;
  const place: Place = { slot, name, sql, redis, stops, life: undefined, pid: undefined, onOver: [] };
  return place;
};

const endLife = (place: Place): void => {
  place.life = undefined;
  place.pid = undefined;
  for (const tell of place.onOver.splice(0)) tell();
};

const beginLife = (place: Place, { pid, port, log }: Pick<Life, 'port' | 'log'> & { pid: number }): Life => {
  const { slot, name, sql, redis, stops } = place;
  let isServing = true;
  const gone = Promise.withResolvers<void>();
  place.onOver.push(() => {
    isServing = false;
    gone.resolve();
  });
  const life: Life = {
    ...stops,
    slot,
    name,
    sql,
    redis,
    port,
    log,
    isServing: () => isServing,
    order() {
      throw new TypeError('Processes behind one port share a machine: none has a clock of its own');
    },
    async end(how) {
      isServing = false;
      signal(pid, how);
      const bound = setTimeout(() => signal(pid, 'SIGKILL'), STOP_LIMIT_MS);
      await gone.promise;
      clearTimeout(bound);
    },
  };
  Object.assign(place, { life, pid });
  return life;
};

/**
 * Real gateway processes that one `masthead start` keeps behind one port, each behind links of its own to SQL and Redis. The
 * watcher starts again whoever ends: `start` only waits until somebody serves in that slot.
 */
export const createGatewaysBehindOnePort = async (options: OnePortOptions): Promise<Gateways> => {
  const { databaseUrl, variables, badBuild, processes } = options;
  const places = await Promise.all(Array.from({ length: processes }, (_, slot) => openPlace(slot, options)));
  const port = await pickFreePort();
  const callbacks: ((life: Life) => void)[] = [];
  let watcher: Watcher | undefined;

  const hear = ({ event, name, pid }: ProcessNews, log: Life['log']): void => {
    const place = places.find((one) => one.name === name);
    if (place === undefined) return;
    if (event === 'ended') return endLife(place);
    const life = beginLife(place, { pid, port, log });
    for (const callback of callbacks) callback(life);
  };

  const variablesOf = ({ sql, redis }: Place): Readonly<Record<string, string>> => {
    const address = new URL(databaseUrl);
    address.port = String(sql.port);
    return { DATABASE_URL: address.href, REDIS_URL: `redis://127.0.0.1:${redis.port}` };
  };

  const startWatcher = (): Watcher => {
    const own = {
      PORT: String(port),
      PROCESSES: String(processes),
      PROCESS_NAME: NAME,
      DATABASE_URL: databaseUrl,
      CONSISTENCY_PLACES: JSON.stringify(Object.fromEntries(places.map((place) => [place.name, variablesOf(place)]))),
    };
    const child = spawnGateway({ ...variables, ...own }, badBuild, 'ignore');
    const log = keepLines(child);
    child.on('message', (news: ProcessNews) => hear(news, log));
    // Closed once everybody has ended who writes to it: its processes as well.
    const ended = once(child, 'close').then(() => places.forEach(endLife));
    return { child, log, ended };
  };

  const serving = (): readonly Life[] =>
    places.flatMap(({ life }) => (life !== undefined && life.isServing() ? [life] : []));
  const killAll = (): void => {
    watcher?.child.kill('SIGKILL');
    for (const { pid } of places) signal(pid, 'SIGKILL');
  };
  process.once('exit', killAll);
  return {
    serving,
    async start(slot) {
      watcher ??= startWatcher();
      const bound = performance.now() + START_LIMIT_MS;
      for (;;) {
        const life = serving().find((one) => one.slot === slot);
        if (life !== undefined) return life;
        const { child, log } = watcher;
        if (child.exitCode !== null || child.signalCode !== null || performance.now() > bound)
          throw new Error(`${NAME}-${slot + 1} does not serve: ${log().join('\n')}`);
        await pause(10);
      }
    },
    onServing: (callback) => void callbacks.push(callback),
    async close() {
      process.off('exit', killAll);
      killAll();
      await watcher?.ended;
      await Promise.all(places.flatMap(({ sql, redis }) => [sql.close(), redis.close()]));
    },
  };
};
