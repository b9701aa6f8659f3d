import { cacheKey } from '../cache/cache-key.ts';
import { createResponseCache, type ResponseCache } from '../cache/response-cache.ts';
import type { Follower } from '../changes/follower.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import { readRelease } from '../config/read-release.ts';
import { digestSecrets } from '../config/secret.ts';
import { createApolloExecutor } from '../graphql/apollo.ts';
import { createDocuments } from '../graphql/documents.ts';
import type { Executor } from '../graphql/executor.ts';
import { finishOperations } from '../graphql/finish-operations.ts';
import { createGraphqlService, type GraphqlService } from '../graphql/graphql-service.ts';
import { createPlannedExecutor } from '../graphql/planned-executor.ts';
import type { Probe } from '../graphql/probe.ts';
import { createProbedService } from '../graphql/probed-service.ts';
import { createSchema, readSchemaText } from '../graphql/schema.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { createContexts, type ContextsOptions } from './create-contexts.ts';

export interface AnsweringOptions extends ContextsOptions {
  /** With what is kept of them; absent: nothing is. The probe asks them as they are: what is kept may be what is wrong. */
  readonly residentStoresOf?: StoresOf;
  readonly cache: ResponseCache;
  readonly follower: Follower;
  readonly clock: Clock;
  /** From `keyPartsOf`. */
  readonly keyParts: readonly string[];
  /** Looks at kept answers; absent: nobody does. */
  readonly probe?: Probe;
}

/** GraphQL over the stores, through the cache. */
export interface Answering {
  readonly service: GraphqlService;
  stop(): Promise<void>;
}

/** The standard introspection query is 15 deep, and GraphiQL needs it. */
const INTROSPECTION_MAX_DEPTH = 16;

/** What Node writes dates, numbers and offsets by: processes on different releases of it may write them differently. */
const localeDataOf = ({ icu = '', cldr = '', tz = '', unicode = '' }: NodeJS.ProcessVersions): readonly string[] => [
  icu,
  cldr,
  tz,
  unicode,
];

/** What alters the bytes of every answer: release, schema, configuration, and the data behind dates and numbers. */
export const keyPartsOf = ({ publicUrl, editions, stores }: Config, release = readRelease()): readonly string[] => [
  release,
  cacheKey([readSchemaText()]),
  // A secret may choose what is answered, such as a header that names a tenant.
  cacheKey([publicUrl, JSON.stringify(editions), JSON.stringify(stores), digestSecrets(stores)]),
  cacheKey(localeDataOf(process.versions)),
];

/** At the end, for answers that nobody waits for: requests are finished before. */
const LAST_OPERATIONS_MS = 1_000;

/** Each on a schema of its own: Apollo wraps the resolvers of the one it is handed. */
const createExecutor = async ({ QUERY_COMPILE }: Config['environment']): Promise<Executor> =>
  QUERY_COMPILE ? createPlannedExecutor(createSchema()) : createApolloExecutor(createSchema());

/** Everything between a parsed request and its answer. */
export const createAnswering = async (options: AnsweringOptions): Promise<Answering> => {
  const { config, storesOf, residentStoresOf = storesOf, cache, follower, clock, keyParts } = options;
  const { environment } = config;
  const schema = createSchema();
  const documents = createDocuments(schema, {
    tokens: environment.QUERY_MAX_TOKENS,
    depth: environment.QUERY_MAX_DEPTH,
    introspectionDepth: INTROSPECTION_MAX_DEPTH,
    aliases: environment.QUERY_MAX_ALIASES,
    rootFields: environment.QUERY_MAX_ROOT_FIELDS,
    directives: environment.QUERY_MAX_DIRECTIVES,
    cost: environment.QUERY_MAX_COST,
  });
  const executor = finishOperations(await createExecutor(environment), LAST_OPERATIONS_MS);
  const createService = (kept: ResponseCache, read: StoresOf): GraphqlService =>
    createGraphqlService({
      documents,
      executor,
      cache: kept,
      follower,
      clock,
      keyParts,
      operationTimeoutMs: environment.OPERATION_TIMEOUT_MS,
      createContext: createContexts({ ...options, storesOf: read }),
    });
  const service = createService(cache, residentStoresOf);
  if (options.probe === undefined) return { service, stop: () => executor.stop() };
  // Nothing is small enough to be kept.
  const fresh = createService(createResponseCache({ follower, clock, limitBytes: 1 }), storesOf);
  return {
    service: createProbedService({ service, fresh, schema, probe: options.probe }),
    stop: () => executor.stop(),
  };
};
