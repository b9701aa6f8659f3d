import type { Pool, PoolClient } from 'pg';
import { StoreError } from '../errors.ts';
import { toStoreError, withinLimit } from './store-failure.ts';

export interface PoolQueueOptions {
  readonly pool: Pick<Pool, 'connect' | 'waitingCount'>;
  /** `StoreError.store`. */
  readonly name: string;
  readonly acquireTimeoutMs: number;
  readonly maxWaiting: number;
}

/** Those who wait for a connection of a pool. */
export interface PoolQueue {
  /** @throws {StoreError} when none comes free in time, too many wait, or it is closed. */
  acquire(): Promise<PoolClient>;
  /** Refuses everybody who comes or stands in the queue: a pool that ends serves none of them, and they would wait in vain. */
  close(): void;
}

/** Nobody waits yet. */
export const createPoolQueue = ({ pool, name, acquireTimeoutMs, maxWaiting }: PoolQueueOptions): PoolQueue => {
  const refusals = new Set<() => void>();
  let isClosed = false;
  const closed = (): StoreError => new StoreError(name, 'STORE_FAILED', { cause: new Error('closed') });

  return {
    async acquire() {
      if (isClosed) throw closed();
      if (pool.waitingCount >= maxWaiting) {
        throw new StoreError(name, 'STORE_TIMEOUT', { cause: new Error(`${maxWaiting} callers wait already`) });
      }
      const { waitingCount } = pool;
      const connecting = pool.connect();
      // Otherwise a connection is opened for it, which it is given whatever becomes of the pool.
      const isQueued = pool.waitingCount > waitingCount;
      const refusal = Promise.withResolvers<never>();
      const refuse = (): void => refusal.reject(closed());
      if (isQueued) refusals.add(refuse);
      try {
        const given = isQueued ? Promise.race([connecting, refusal.promise]) : connecting;
        return await withinLimit(name, acquireTimeoutMs, given);
      } catch (error) {
        // It may still come: then it goes back unused.
        connecting.then(
          (late) => late.release(),
          () => undefined,
        );
        throw toStoreError(name, error);
      } finally {
        refusals.delete(refuse);
      }
    },
    close() {
      isClosed = true;
      for (const refuse of refusals) refuse();
    },
  };
};
