import type { RedisScript } from './redis-script.ts';

/**
 * What is asked of Redis; `probe` is asked by the link itself, to know whether it may be used. `count`, `rank` and `record`
 * are of what readers do, `limit` of how often, `budget` of what callers spend.
 */
export type RedisOperation =
  | 'get'
  | 'set'
  | 'claim'
  | 'release'
  | 'probe'
  | 'count'
  | 'rank'
  | 'record'
  | 'limit'
  | 'budget';

/**
 * `answered`; `refused`: the server said no (full, read-only…); `late`: past the deadline; `lost`: the connection broke;
 * `skipped`: not sent, for the link is down or has too much unanswered.
 */
export type RedisOutcome = 'answered' | 'refused' | 'late' | 'lost' | 'skipped';

/** Told of what happens on the link, as it happens. */
export interface RedisObserver {
  /** `waitedMs`: how long somebody waited for it; 0 when it was not sent. */
  called(operation: RedisOperation, outcome: RedisOutcome, waitedMs: number): void;
  /** Once per change. `reason`, of what went wrong, holds no secret. */
  stateChanged(isUp: boolean, reason: string): void;
  /** Once when the server begins to refuse what is written to it, and once when it takes it again. */
  writesChanged(isTaking: boolean, reason: string): void;
}

/**
 * Redis as something that may be away: nothing here rejects, nothing waits past a short deadline, and while the server is
 * away nothing waits at all. `undefined` always means that nobody can say.
 */
export interface RedisLink {
  /** The bytes at `key`; null: there are none. They are part of a larger piece: copy what is to be kept. */
  get(key: string): Promise<Buffer | null | undefined>;
  /** Keeps `value` at `key`; it may land late, or never. */
  set(key: string, value: Buffer, lifeMs: number): void;
  /** Whether `key` was free and now holds `token`. When nobody can say, what may land late is taken back behind it. */
  claim(key: string, token: string, lifeMs: number): Promise<boolean | undefined>;
  /** Frees `key` if it holds `token`. */
  release(key: string, token: string): void;
  /** What `script` gives; never null. When nobody can say it may have run, or run later. */
  run(script: RedisScript, parameters: readonly [key: string, ...values: (string | number)[]]): Promise<unknown>;
  isUp(): boolean;
  /** Resolves once it is known for the first time whether the server is there. */
  readonly settled: Promise<void>;
  close(): void;
}
