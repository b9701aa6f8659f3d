import { AsyncLocalStorage } from 'node:async_hooks';
import { ANONYMOUS } from '../../src/content/caller.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import type { Clock } from '../../src/clock.ts';
import type { Config } from '../../src/config/load.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import type { Article } from '../../src/content/entities.ts';
import type { Follower } from '../../src/changes/follower.ts';
import type { Database } from '../../src/database/database.ts';
import type { MediaType } from '../../src/graphql/executor.ts';
import type { ArticleStore } from '../../src/stores/article-store.ts';
import { createCounters } from '../../src/stores/counters.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createAnswering, keyPartsOf } from '../../src/wiring/create-answering.ts';
import { readDeltas } from '../../src/wiring/read-deltas.ts';
import { idleDesk } from '../support/idle-desk.ts';

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly audience: string;
  readonly mediaType: MediaType;
}

export interface Given {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly state: string;
}

/** The gateway with its cache, and the same without. */
export interface TwoServices {
  cached(question: Question): Promise<Given>;
  fresh(question: Question): Promise<Given>;
  close(): Promise<void>;
}

export interface TwoServicesOptions {
  readonly config: Config;
  readonly database: Database;
  readonly follower: Follower;
  readonly clock: Clock;
  /** What the cache is told of an audience; default: what it is. A version that tells too little must be caught. */
  readonly toldOf?: (audience: string) => string;
}

const reading = new AsyncLocalStorage<string>();

const isArticle = (value: unknown): value is Article =>
  typeof value === 'object' && value !== null && 'headline' in value && 'standfirst' in value;

/** Every article in `value` as the audience that reads it is given it. */
const marked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, marked(part)]));
  if (!isArticle(value)) return inner;
  const mark = (text: string | null): string | null => (text === null ? null : `«${reading.getStore()}» ${text}`);
  const { headline, standfirst, byline, kicker } = value;
  return {
    ...inner,
    headline: mark(headline),
    standfirst: mark(standfirst),
    byline: mark(byline),
    kicker: mark(kicker),
  };
};

/** Stores that give each audience its own words: an answer that reaches another audience shows it. */
const markByAudience = (stores: Stores): Stores => {
  const articles = Object.fromEntries(
    Object.entries(stores.articles as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>).map(
      ([name, read]) => [name, async (...given: unknown[]) => marked(await read(...given))],
    ),
  );
  return { ...stores, articles: articles as unknown as ArticleStore };
};

/** Both over `database`, with stores that tell audiences apart. */
export const createTwoServices = async ({
  config,
  database,
  follower,
  clock,
  toldOf = (audience) => audience,
}: TwoServicesOptions): Promise<TwoServices> => {
  const stores = markByAudience(createPostgresStores(database));
  const storesOf = (_edition: EditionCode): Stores => stores;
  const create = async (limitBytes: number) =>
    createAnswering({
      config,
      storesOf,
      follower,
      clock,
      counters: createCounters({ storesOf, clock }),
      desk: idleDesk,
      deltas: readDeltas({ config, database, follower, storesOf, counters: createCounters({ storesOf, clock }) }),
      keyParts: keyPartsOf(config),
      cache: createResponseCache({ follower, clock, limitBytes }),
    });
  const held = await create(256 * 1024 * 1024);
  // Nothing is small enough to be kept.
  const never = await create(1);

  const ask =
    ({ service }: Awaited<ReturnType<typeof create>>) =>
    ({ query, variables, audience, mediaType }: Question): Promise<Given> =>
      reading.run(audience, async () => {
        const request = { query, variables, operationName: undefined };
        const { entry, state } = await service.answer(request, service.prepare(request), {
          caller: { ...ANONYMOUS, audience: toldOf(audience) },
          mediaType,
          onError: () => undefined,
        });
        return {
          status: entry.status,
          contentType: entry.contentType,
          body: entry.body.toString(),
          state,
        };
      });
  return {
    cached: ask(held),
    fresh: ask(never),
    close: async () => {
      await held.stop();
      await never.stop();
    },
  };
};
