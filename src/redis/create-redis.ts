import { createBreaker } from './breaker.ts';
import { connectToRedis, reasonOf, type RedisAddress, type RedisClient } from './connect-to-redis.ts';
import { createDeadlines } from './deadlines.ts';
import { gatherWrites } from './gather-writes.ts';
import type { RedisLink, RedisObserver, RedisOperation, RedisOutcome } from './redis-link.ts';
import { RELEASE, runScript } from './redis-script.ts';
import { createWriteStanding } from './write-standing.ts';

export interface CreateRedisOptions {
  readonly address: RedisAddress;
  readonly observe: RedisObserver;
  /** As of `WriteStandingOptions`. */
  readonly refusalMs?: number;
  /** After this an answer is slow: nothing more is sent before it has come, and slow ones in a row are as bad as none. */
  readonly slowMs?: number;
  /** After this, in all, it is not waited for any longer: Redis may add 50 ms to a request at most. */
  readonly deadlineMs?: number;
  /** After so much silence, and so long after an answer was late that comes without an end, the connection is given up. */
  readonly silenceMs?: number | undefined;
}

/** What is sent and not answered, late or not: a server that hangs is owed no more than this. */
const UNANSWERED_LIMIT = 1_000;
const UNANSWERED_LIMIT_BYTES = 16 * 1024 * 1024;
/** How often a server that is away is tried; and at once when it answers something. */
const TRIAL_MS = 250;

/** What changes something there: refused by a server that is full or read-only, which can be read all the same. */
const WRITES: ReadonlySet<RedisOperation> = new Set(['set', 'claim', 'record', 'rank', 'limit', 'budget']);

const NOTHING = Promise.resolve(undefined);

/** A link to the Redis at `address`, which may be away now or at any time. */
export const createRedis = ({
  address,
  observe,
  refusalMs = 10_000,
  slowMs = 15,
  deadlineMs = 40,
  silenceMs = 500,
}: CreateRedisOptions): RedisLink => {
  const slow = createDeadlines(slowMs);
  const late = createDeadlines(deadlineMs - slowMs);
  const endless = createDeadlines(silenceMs);
  const writes = createWriteStanding({ refusalMs, onChanged: observe.writesChanged });
  const settled = Promise.withResolvers<void>();
  let lastSaid: boolean | undefined;
  let unanswered = 0;
  let unansweredBytes = 0;
  /** Slow or late, and not answered yet: a connection answers in order, so nothing sent now is answered before them. */
  let overdue = 0;
  let trials: NodeJS.Timeout | undefined;
  let trial = 0;

  const say = (isUp: boolean, reason = ''): void => {
    settled.resolve();
    if (lastSaid === isUp) return;
    lastSaid = isUp;
    observe.stateChanged(isUp, reason);
  };
  const breaker = createBreaker({
    failures: 3,
    // Of a cluster, three keys are of three servers more often than not.
    trials: 3,
    onOpened(reason) {
      startTrials();
      say(false, reason);
    },
    onClosed() {
      clearInterval(trials);
      say(true);
    },
  });

  /** The answer to what `ask` asks of `client`; undefined when it is refused or does not come in time. */
  const send = <Reply>(
    client: RedisClient,
    { operation, bytes = 0, onLate }: { operation: RedisOperation; bytes?: number; onLate?: () => void },
    ask: (client: RedisClient) => Promise<Reply>,
  ): Promise<Reply | undefined> => {
    unanswered += 1;
    unansweredBytes += bytes;
    gatherWrites(client);
    const sentAt = performance.now();
    const count = (outcome: RedisOutcome): void => observe.called(operation, outcome, performance.now() - sentAt);
    const isWrite = WRITES.has(operation);
    return new Promise((resolve) => {
      let state: 'waiting' | 'slow' | 'late' = 'waiting';
      const giveUp = (): void => {
        state = 'late';
        // Bytes that go on coming are no silence; what stands behind them would wait for ever.
        wait = endless.start(() => connection.renew('an answer does not end'));
        count('late');
        breaker.failed('it does not answer in time');
        resolve(undefined);
        onLate?.();
      };
      let wait = slow.start(() => {
        state = 'slow';
        overdue += 1;
        wait = late.start(giveUp);
      });
      /** @returns whether it is still waited for. */
      const arrive = (): boolean => {
        wait.end();
        unanswered -= 1;
        unansweredBytes -= bytes;
        // Once this answer has been judged.
        if (state !== 'waiting' && (overdue -= 1) === 0) queueMicrotask(() => void tryOnce());
        return state !== 'late';
      };
      ask(client).then(
        (reply) => {
          if (!arrive()) return;
          if (isWrite) writes.taken();
          count('answered');
          if (state === 'slow') breaker.failed('it is slow');
          else breaker.succeeded();
          return resolve(reply);
        },
        (error: unknown) => {
          if (!arrive()) return;
          const isRefusal = error instanceof Error && error.name === 'ReplyError';
          count(isRefusal ? 'refused' : 'lost');
          if (isRefusal && isWrite) writes.refused(reasonOf(error));
          else breaker.failed(reasonOf(error));
          resolve(undefined);
        },
      );
    });
  };
  const ask = <Reply>(
    call: { operation: RedisOperation; bytes?: number; onLate?: () => void },
    asked: (client: RedisClient) => Promise<Reply>,
  ): Promise<Reply | undefined> => {
    const client = connection.client();
    const isOwedMuch = unanswered >= UNANSWERED_LIMIT || unansweredBytes + (call.bytes ?? 0) > UNANSWERED_LIMIT_BYTES;
    if (client === undefined || !breaker.isClosed() || overdue > 0 || isOwedMuch) {
      observe.called(call.operation, 'skipped', 0);
      return NOTHING;
    }
    return send(client, call, asked);
  };

  /** A trial, and the next right after it as long as they are answered. */
  const tryOnce = async (): Promise<void> => {
    const client = connection.client();
    if (client === undefined || breaker.isClosed() || unanswered > 0) return;
    trial += 1;
    const key = `masthead:probe:${trial % 100}`;
    const reply = await send(client, { operation: 'probe' }, () => client.getBuffer(key));
    // A slow answer has made the next by itself.
    if (reply !== undefined) await tryOnce();
  };
  const startTrials = (): void => {
    clearInterval(trials);
    trials = setInterval(() => void tryOnce(), TRIAL_MS).unref();
  };

  const release = (key: string, token: string) => (client: RedisClient) => runScript(client, RELEASE, [key, token]);

  const connection = connectToRedis(address, {
    silenceMs,
    onReady: () => void tryOnce(),
    onLost(reason) {
      breaker.open(reason);
      say(false, reason);
    },
  });
  startTrials();

  return {
    get: (key) => ask({ operation: 'get' }, (client) => client.getBuffer(key)),
    set(key, value, lifeMs) {
      void ask({ operation: 'set', bytes: value.length }, (client) => client.set(key, value, 'PX', lifeMs));
    },
    async claim(key, token, lifeMs) {
      const onLate = (): void => {
        // On the same connection it cannot overtake what it takes back.
        const client = connection.client();
        if (client !== undefined) void send(client, { operation: 'release' }, release(key, token));
      };
      const reply = await ask({ operation: 'claim', onLate }, (client) => client.set(key, token, 'PX', lifeMs, 'NX'));
      return reply === 'OK' ? true : reply === null ? false : undefined;
    },
    release: (key, token) => void ask({ operation: 'release' }, release(key, token)),
    run: (script, [key, ...values]) =>
      ask({ operation: script.operation }, (client) => runScript(client, script, [key, ...values])),
    isUp: () => breaker.isClosed(),
    settled: settled.promise,
    close() {
      clearInterval(trials);
      connection.close();
    },
  };
};
