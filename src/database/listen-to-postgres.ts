import { Client, type ClientConfig } from 'pg';
import { toStoreError, withinLimit } from './store-failure.ts';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
/** A peer that vanished sends nothing, so silence has to be asked about. */
const HEARTBEAT_MS = 30_000;

export interface PostgresListener {
  /** `StoreError.store`. */
  readonly store: string;
  readonly connection: ClientConfig;
  readonly acquireTimeoutMs: number;
  readonly channel: string;
  readonly callback: (payload: string) => void;
}

/**
 * Listens on a connection of its own, for as long as it takes: a lost one is replaced, then `callback` is called
 * once with `''`. Resolves to `stop` when the first connection listens.
 */
export const listenToPostgres = async ({
  store,
  connection,
  acquireTimeoutMs,
  channel,
  callback,
}: PostgresListener): Promise<() => Promise<void>> => {
  let isStopped = false;
  let current: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const client = new Client({ ...connection, connectionTimeoutMillis: acquireTimeoutMs });
    client.on('error', () => undefined);
    client.on('notification', (notice) => {
      if (notice.channel === channel) callback(notice.payload ?? '');
    });
    try {
      await client.connect();
      await withinLimit(store, acquireTimeoutMs, client.query(`LISTEN ${quoted(channel)}`));
    } catch (error) {
      await hangUp(client);
      throw toStoreError(store, error);
    }
    if (isStopped) return await hangUp(client);
    current = client;
    client.once('end', () => {
      if (!isStopped) retryIn(FIRST_RETRY_MS);
    });
    beat(client);
  };

  const schedule = (delayMs: number, act: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(act, delayMs);
    timer.unref();
  };

  const beat = (client: Client): void => schedule(HEARTBEAT_MS, () => void check(client));

  const check = async (client: Client): Promise<void> => {
    try {
      await withinLimit(store, acquireTimeoutMs, client.query('SELECT 1'));
      beat(client);
    } catch {
      await hangUp(client);
    }
  };

  const retryIn = (delayMs: number): void => schedule(delayMs, () => void retry(delayMs));

  const retry = async (delayMs: number): Promise<void> => {
    try {
      await connect();
    } catch {
      if (!isStopped) retryIn(Math.min(delayMs * 2, LAST_RETRY_MS));
      return;
    }
    if (!isStopped) callback('');
  };

  await connect();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    if (current !== undefined) await hangUp(current);
  };
};

const hangUp = (client: Client): Promise<void> => client.end().catch(() => undefined);

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;
