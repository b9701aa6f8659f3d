import { Cluster, Redis, type ClusterOptions, type DNSLookupFunction, type RedisOptions } from 'ioredis';

/** Where a Redis is, and how to come in. */
export interface RedisAddress {
  /** One server, or any of the servers of a cluster. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly username?: string;
  readonly password?: string;
  readonly database: number;
  readonly isTls: boolean;
}

export type RedisClient = Redis | Cluster;

/** A connection that comes back by itself. */
export interface RedisConnection {
  /** Whoever takes commands at this instant; undefined: nobody. */
  client(): RedisClient | undefined;
  /** Breaks it, to every server of a cluster: it comes back by itself. */
  renew(reason: string): void;
  close(): void;
}

export interface ConnectionOptions {
  /** A server that hangs takes connections and says nothing: given up after this, so that a new one finds the next server. */
  readonly silenceMs: number;
  readonly onReady: () => void;
  /** The connection broke, or could not be made; `reason` holds no secret. */
  readonly onLost: (reason: string) => void;
}

/** What a failure says of itself: its code, or the server's words. The command, which may hold a password, is left out. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const { code, lastNodeError } = error as { code?: unknown; lastNodeError?: unknown };
  // A cluster's says only that all failed; the last of them says why.
  if (lastNodeError instanceof Error) return reasonOf(lastNodeError);
  return typeof code === 'string' ? code : error.message;
};

/** Gateways that lost one server do not come back in step. */
const reconnectDelayMs = (): number => 150 + Math.random() * 100;
/** A master that has become a replica refuses writes: its name may lead to the new one, asked so often at most. */
const READ_ONLY_RECONNECT_MS = 5_000;

const createCommonOptions = ({ username, password, isTls }: RedisAddress, silenceMs: number) => {
  let reconnectedAt = -Infinity;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isTls ? { tls: {} } : {}),
    // Nothing of RESP3 is used, and older servers and proxies do not speak it.
    protocol: 2,
    disableClientInfo: true,
    connectionName: 'masthead',
    connectTimeout: silenceMs,
    socketTimeout: silenceMs,
    // It waits for seconds while a server loads its data; whether one answers is asked of it by reading.
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // The one place where words decide: Redis has no codes.
    reconnectOnError: ({ message }: Error) => {
      if (!message.startsWith('READONLY') || performance.now() - reconnectedAt < READ_ONLY_RECONNECT_MS) return false;
      reconnectedAt = performance.now();
      return true;
    },
  } satisfies RedisOptions;
};

/** A certificate names the host, not the address it resolves to. */
const passHostOn: DNSLookupFunction = (host, callback) => callback(null, host);

const createClusterOptions = (address: RedisAddress, silenceMs: number) =>
  ({
    redisOptions: createCommonOptions(address, silenceMs),
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    clusterRetryStrategy: reconnectDelayMs,
    slotsRefreshTimeout: silenceMs,
    // Learns of a failover that no command was redirected by.
    slotsRefreshInterval: 5_000,
    maxRedirections: 2,
    retryDelayOnFailover: 50,
    retryDelayOnClusterDown: 50,
    ...(address.isTls ? { dnsLookup: passHostOn } : {}),
  }) satisfies ClusterOptions;

/** Whether `server` is one of a cluster; a user who may not ask has one server. */
const isOfCluster = (server: Redis): Promise<boolean> =>
  server.info('cluster').then(
    (text) => /^cluster_enabled:1\r?$/m.test(text),
    () => false,
  );

/** Connects to one server, or to a cluster: when several hosts are named, or when the one says that it is of a cluster. */
export const connectToRedis = (
  address: RedisAddress,
  { silenceMs, onReady, onLost }: ConnectionOptions,
): RedisConnection => {
  /** Undefined: closed for good. */
  let current: RedisClient | undefined;
  let isUsable = false;
  const use = (client: RedisClient): void => {
    if (current !== client || client.status !== 'ready') return;
    isUsable = true;
    onReady();
  };
  const watch = <Client extends RedisClient>(client: Client): Client => {
    let reason: string | undefined;
    current = client;
    client.on('error', (error: unknown) => (reason = reasonOf(error)));
    client.on('close', () => {
      if (current !== client) return;
      isUsable = false;
      onLost(reason ?? 'the connection was closed');
      reason = undefined;
    });
    return client;
  };
  const connectToCluster = (): void => {
    const cluster = watch(new Cluster([...address.nodes], createClusterOptions(address, silenceMs)));
    cluster.on('ready', () => use(cluster));
  };
  const connectToServer = (host: string, port: number): void => {
    const server = watch(
      new Redis({
        ...createCommonOptions(address, silenceMs),
        host,
        port,
        db: address.database,
        enableOfflineQueue: false,
        retryStrategy: reconnectDelayMs,
      }),
    );
    const choose = async (): Promise<void> => {
      const isCluster = await isOfCluster(server);
      if (current !== server) return;
      if (!isCluster) return use(server);
      connectToCluster();
      server.disconnect();
    };
    server.on('ready', () => void choose());
  };

  const [first] = address.nodes;
  if (first === undefined) throw new TypeError('A Redis address names at least one server');
  if (address.nodes.length > 1) connectToCluster();
  else connectToServer(first.host, first.port);

  return {
    client: () => (isUsable ? current : undefined),
    renew(reason) {
      const servers = current instanceof Cluster ? current.nodes() : current === undefined ? [] : [current];
      // One of a cluster that was never asked has no connection.
      for (const { status, stream } of servers) if (status === 'ready') stream.destroy(new Error(reason));
    },
    close() {
      const client = current;
      current = undefined;
      isUsable = false;
      client?.disconnect();
    },
  };
};
