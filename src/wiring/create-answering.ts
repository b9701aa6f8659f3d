import { cacheKey } from '../cache/cache-key.ts';
import { createResponseCache, type ResponseCache } from '../cache/response-cache.ts';
import type { Follower } from '../changes/follower.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import { readRelease } from '../config/read-release.ts';
import { digestSecrets } from '../config/secret.ts';
import { createLocator } from '../content/addresses.ts';
import { orderLanguages } from '../content/language.ts';
import type { EngagementDesk } from '../engagement/engagement-desk.ts';
import { createApolloExecutor } from '../graphql/apollo.ts';
import { createDocuments } from '../graphql/documents.ts';
import { createGraphqlService, type GraphqlService, type GraphqlServiceOptions } from '../graphql/graphql-service.ts';
import type { Probe } from '../graphql/probe.ts';
import { createProbedService } from '../graphql/probed-service.ts';
import { createSchema, readSchemaText } from '../graphql/schema.ts';
import { createLoaders } from '../loaders/loaders.ts';
import { createRecorder } from '../loaders/recorder.ts';
import type { Counters } from '../stores/counters.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { Editions } from '../../resolvers/context.ts';

export interface AnsweringOptions {
  readonly config: Config;
  readonly storesOf: StoresOf;
  readonly cache: ResponseCache;
  readonly follower: Follower;
  readonly clock: Clock;
  /** What counters were last known to be; the same that answers are filled from. */
  readonly counters: Counters;
  readonly desk: EngagementDesk;
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

const createEditions = ({ editions }: Config): Editions => ({
  all: editions,
  get: (code) => editions.find((edition) => edition.code === code),
  locate: createLocator(editions),
});

/** What one operation may touch, and the record of what it did. */
const createContexts = ({
  config,
  storesOf,
  follower,
  counters,
  desk,
}: AnsweringOptions): GraphqlServiceOptions['createContext'] => {
  const editions = createEditions(config);
  return (now, { address = '' }, signal) => {
    const recorder = createRecorder();
    const loaders = createLoaders({ storesOf, tombstones: follower.tombstones, counters, signal }, recorder, { now });
    return {
      context: {
        loaders,
        recorder,
        editions,
        now,
        publicUrl: config.publicUrl,
        admitEngagement: () => desk.admit({ address, at: now }),
        countEngagement: (id, kind) => desk.count({ address, at: now, id, kind }),
      },
      record: () => ({
        tags: [...recorder.tags],
        boundaryAt: recorder.boundaryAt(),
        languages: orderLanguages(recorder.languages(), config.editions),
        isComplete: recorder.isComplete(),
      }),
    };
  };
};

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

/** Everything between a parsed request and its answer. */
export const createAnswering = async (options: AnsweringOptions): Promise<Answering> => {
  const { config, cache, follower, clock, keyParts } = options;
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
  // Apollo wraps the resolvers of the schema it is handed, so it gets one of its own.
  const executor = await createApolloExecutor(createSchema());
  const createService = (kept: ResponseCache): GraphqlService =>
    createGraphqlService({
      documents,
      executor,
      cache: kept,
      follower,
      clock,
      keyParts,
      operationTimeoutMs: environment.OPERATION_TIMEOUT_MS,
      createContext: createContexts(options),
    });
  const service = createService(cache);
  if (options.probe === undefined) return { service, stop: () => executor.stop() };
  // Nothing is small enough to be kept.
  const fresh = createService(createResponseCache({ follower, clock, limitBytes: 1 }));
  return {
    service: createProbedService({ service, fresh, schema, probe: options.probe }),
    stop: () => executor.stop(),
  };
};
