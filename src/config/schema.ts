import { z } from 'zod';
import { allowedNetworks } from './allowed-networks.ts';
import { baseUrl } from './base-url.ts';
import { count, milliseconds, seconds, truth, whole } from './fields.ts';
import { redisAddress } from './redis-address.ts';

const MAX_PORT = 65_535;
const port = whole.min(0).max(MAX_PORT);

/** `*`, or a comma-separated list of origins (`https://site.example`). */
const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every((origin) => origin === '*' || URL.parse(origin)?.origin === origin),
    'must be * or origins such as https://site.example, separated by commas',
  );

/** Addresses separated by commas; none for nothing. */
const hubs = z
  .string()
  .transform((text) => text.split(',').map((hub) => hub.trim()))
  .refine(
    (list) => list.every((hub) => /^https?:\/\/[\x21-\x7e]+$/.test(hub) && URL.canParse(hub) && !/[<>",;]/.test(hub)),
    'must be addresses such as https://hub.example/, separated by commas',
  );

/** One environment variable per line, its unit in its name. The defaults start a gateway on a laptop. */
const variables = z.object({
  PORT: port.default(4000).describe('Where to listen; 0 picks a free port.'),
  HOST: z.string().min(1).optional().describe('Address to listen on; absent: every address, IPv6 and IPv4.'),
  PUBLIC_URL: baseUrl
    .optional()
    .describe('What links begin with; never the Host header. Absent: `http://localhost:PORT`.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL such as postgres://user:password@host/database' })
    .optional()
    .describe('The primary PostgreSQL, session-capable. Absent: Postgres runs in the process, kept under `DATA_DIR`.'),
  DATABASE_POOL_SIZE: count.max(1000).default(10).describe('Connections to PostgreSQL at most.'),
  DATABASE_WAIT_SECONDS: seconds.default(30).describe('How long a start waits for a PostgreSQL that is away.'),
  STATEMENT_TIMEOUT_MS: milliseconds.default(5_000).describe('A statement that runs longer is ended: `STORE_TIMEOUT`.'),
  REDIS_URL: redisAddress
    .optional()
    .describe(
      'Redis 6 or newer where processes share answers; it may go away at any time. Absent: each keeps its own.',
    ),
  DATA_DIR: z.string().min(1).default('.masthead').describe('Directory of the embedded database; locked while in use.'),
  MASTHEAD_CONFIG: z
    .string()
    .min(1)
    .optional()
    .describe('YAML file of editions and stores. Absent: the demo newsroom.'),
  ADMIN_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Bearer token for `/metrics` and `/changes`; at least 16 characters. Absent: always 401.'),
  PROCESS_NAME: z
    .string()
    .min(1)
    .max(200)
    .refine((name) => name !== 'cdn', 'must not be cdn: acknowledgements call the CDN so')
    .optional()
    .describe('What this process is called in acknowledgements and in its log. Absent: `host:port`.'),
  PROCESSES: count
    .max(256)
    .default(1)
    .describe(
      'Gateway processes that share the port; each has its own memory and connections. More than 1: `DATABASE_URL`.',
    ),
  DEGRADED_SECONDS: seconds
    .default(300)
    .describe('How long answers are sent while the change log cannot be read; then 503.'),
  SOFT_SECONDS: seconds.default(10).describe('How long a soft change lets the old answer be served during its refill.'),
  METRICS_PORT: port
    .optional()
    .describe('Serves `/metrics` without a token on a port of its own; of several processes each on the next one.'),
  CORS_ORIGINS: origins.prefault('*').describe('Who may read answers from a browser; never with credentials.'),
  WEBSUB_HUBS: hubs
    .optional()
    .describe('WebSub hubs that feeds name, separated by commas; whoever publishes tells them. Absent: none.'),
  TRUST_PROXY: whole.nonnegative().default(0).describe('How many proxies in front set `X-Forwarded-For`.'),
  CLIENT_MAX_AGE_SECONDS: seconds.max(3600).default(10).describe('`max-age` sent to clients, at most.'),
  CDN_PURGE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://api.fastly.com/service/ID/purge' })
    .optional()
    .describe('Where a CDN is told which keys to drop; a user and password in it are sent. Absent: no CDN keeps long.'),
  CDN_PURGE_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be letters, digits and signs without spaces')
    .optional()
    .describe('Sent with every purge: `Fastly-Key` to Fastly, `Authorization: Bearer` elsewhere.'),
  CDN_PURGE_KEYS: count.max(256).default(256).describe('Keys in one purge, at most.'),
  CDN_MAX_AGE_SECONDS: seconds
    .max(30 * 86_400)
    .default(300)
    .describe('`max-age` sent to a CDN that is purged, at most; an answer’s own life ends sooner.'),
  WEBHOOK_ALLOW_NETWORKS: allowedNetworks
    .optional()
    .describe(
      'Networks of ours that webhooks may go to, without TLS too. Absent: the public internet alone, by https.',
    ),
  ENGAGEMENT_MAX_PER_MINUTE: whole
    .nonnegative()
    .default(120)
    .describe('Views and shares that one client may report in a minute; 0: any number.'),
  ANONYMOUS_MAX_COST_PER_MINUTE: whole
    .nonnegative()
    .default(0)
    .describe('Cost that one client without a key may spend in a minute; out of the cache a tenth counts. 0: any.'),
  PROBE_SECONDS: seconds
    .default(10)
    .describe('Every so often an answer out of the cache is made again and compared; 0: never.'),
  MEMORY_TIER_MEGABYTES: count.max(65_536).default(48).describe('Bound of the answers kept in memory.'),
  ENTITY_TIER_MEGABYTES: whole
    .nonnegative()
    .max(65_536)
    .default(32)
    .describe('Bound of the articles, sections, tags and authors kept in memory; 0: none.'),
  QUERY_MAX_TOKENS: count.default(2_000).describe('Tokens of a document.'),
  QUERY_MAX_DEPTH: count.default(12).describe('Depth of a query; introspection is allowed 16.'),
  QUERY_MAX_ALIASES: count.default(30).describe('Aliases of an operation, fragments followed.'),
  QUERY_MAX_ROOT_FIELDS: count.default(10).describe('Fields at the root of an operation.'),
  QUERY_MAX_DIRECTIVES: count.default(30).describe('Directives of an operation, fragments followed.'),
  QUERY_MAX_COST: count.default(5_000).describe('Cost of an operation by `@cost` and `@listSize`.'),
  QUERY_COMPILE: truth
    .default(true)
    .describe('Documents run by plans made once for each; `false`: by Apollo Server over graphql-js, the same bytes.'),
  BODY_MAX_KILOBYTES: count.max(10_240).default(100).describe('Size of a request body.'),
  OPERATION_TIMEOUT_MS: milliseconds.default(10_000).describe('An operation that runs longer is refused.'),
  SHUTDOWN_SECONDS: seconds.default(10).describe('How long SIGTERM waits for open requests.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('`debug` logs every request.'),
  ACCESS_LOG_SAMPLE: whole.nonnegative().default(0).describe('One request in so many is logged at `info`; 0: none.'),
});

/** The environment, what its variables ask of each other included; of a value that is wrong by itself only that is said. */
export const environmentSchema = variables
  .refine(({ PROCESSES, DATABASE_URL }) => PROCESSES <= 1 || DATABASE_URL !== undefined, {
    path: ['PROCESSES'],
    error: 'must be 1 on the embedded database, which has one owner: set DATABASE_URL to a PostgreSQL for more',
  })
  .refine(({ PROCESSES, METRICS_PORT = 0 }) => METRICS_PORT > MAX_PORT || METRICS_PORT + PROCESSES - 1 <= MAX_PORT, {
    path: ['METRICS_PORT'],
    error: `must leave a port for each of PROCESSES: ${MAX_PORT} is the last one`,
  });

export type Environment = Readonly<z.infer<typeof environmentSchema>>;

/** Variables of the public contract that this version does not read yet: set, they are named at start. */
export const NOT_READ_YET: readonly string[] = [];
