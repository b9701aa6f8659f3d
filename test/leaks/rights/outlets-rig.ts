import type { FastifyInstance } from 'fastify';
import { createResponseCache } from '../../../src/cache/response-cache.ts';
import { createChanges } from '../../../src/changes/changes.ts';
import type { Caller } from '../../../src/content/caller.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import { audienceOf, type Plan } from '../../../src/content/plan.ts';
import type { Database } from '../../../src/database/database.ts';
import { createBaseServer } from '../../../src/http/create-base-server.ts';
import { deltaRoutes } from '../../../src/http/delta-routes.ts';
import { feedRoutes } from '../../../src/http/feed-routes.ts';
import { sitemapRoutes } from '../../../src/http/sitemap-routes.ts';
import { announceDue } from '../../../src/ingest/schedule/announce-due.ts';
import { createCounters } from '../../../src/stores/counters.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import type { ReadDeltas } from '../../../src/syndication/deltas/deltas.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { createAnswering, keyPartsOf } from '../../../src/wiring/create-answering.ts';
import { describeArticle } from '../../../src/wiring/describe-article.ts';
import { keepEntities } from '../../../src/wiring/keep-entities.ts';
import {
  publishDocuments,
  type Documents,
  type PublishDocumentsOptions,
} from '../../../src/wiring/publish-documents.ts';
import { readDeltas, type ReadDeltasOptions } from '../../../src/wiring/read-deltas.ts';
import { idleDesk } from '../../support/idle-desk.ts';
import { createTestConfig } from '../../support/test-app.ts';
import { createWoundClock, type WoundClock } from '../../support/wound-clock.ts';
import { askAs, holderOf } from './ask-as.ts';
import type { RightsAnswer, RightsQuestion } from './rights-rig.ts';
import { WORLD_NOW } from './world.ts';

export interface Got {
  readonly status: number;
  readonly body: string;
  readonly etag: string;
  readonly link: string;
  readonly isHit: boolean;
}

/** Where something is asked: through the cache, or past every cache. */
export type Side = 'kept' | 'fresh';

/** What a version gets wrong; default: nothing. */
export interface OutletMistakes {
  readonly storesOf?: (stores: Stores) => Stores;
  readonly audience?: (plan: Plan) => string;
  readonly documents?: (options: PublishDocumentsOptions) => Documents;
  readonly deltas?: (options: ReadDeltasOptions) => ReadDeltas;
  /** As whom an article is described in a webhook. */
  readonly describedFor?: (caller: Caller) => Caller;
  readonly serve?: (app: FastifyInstance) => void;
}

/** Everything that partners pull or are sent, over HTTP as they have it, by a wound clock. */
export interface OutletsRig {
  readonly database: Database;
  readonly clock: WoundClock;
  readonly publicUrl: string;
  get(contract: string, path: string, options?: { readonly side?: Side; readonly ifNoneMatch?: string }): Promise<Got>;
  ask(contract: string, question: RightsQuestion, side?: Side): Promise<RightsAnswer>;
  callerOf(contract: string): Caller;
  readonly deltas: ReadDeltas;
  readonly describe: ReturnType<typeof describeArticle>;
  /** Announces what is due, and takes in what happened. */
  step(): Promise<void>;
  close(): Promise<void>;
}

const nameIn = ({ 'x-api-key': name }: { readonly 'x-api-key'?: unknown }): string =>
  typeof name === 'string' ? name : 'public';

export const createOutletsRig = async (database: Database, mistakes: OutletMistakes = {}): Promise<OutletsRig> => {
  const { storesOf: spoil = (own) => own, audience = audienceOf, documents = publishDocuments } = mistakes;
  const clock = createWoundClock(WORLD_NOW);
  const config = createTestConfig();
  const metrics = createMetrics();
  const changes = createChanges({ database, clock, process: 'outlets', monotonic: () => 0, wall: () => 0 });
  await changes.step();
  const { follower } = changes;
  const stores = spoil(createPostgresStores(database));
  const plainOf = (_edition: EditionCode): Stores => stores;
  const counters = createCounters({ storesOf: plainOf, clock });

  const callerOf = (contract: string): Caller => holderOf(contract, audience);
  const open = async (limitBytes: number, storesOf: typeof plainOf) => {
    const options = { config, database, follower, storesOf, counters };
    const deltas = (mistakes.deltas ?? readDeltas)(options);
    const keyParts = keyPartsOf(config);
    const cache = createResponseCache({ follower, clock, limitBytes });
    const app = createBaseServer({ logger: createLogger('silent', 'outlets') });
    const till = { charge: async () => undefined, chargeNow: undefined };
    const asking = { callerOf: async ({ headers }: { headers: object }) => callerOf(nameIn(headers)), till };
    // What is given to whom is recorded by nobody here.
    const sender = { clock, metrics, clientMaxAgeSeconds: 10, deliveries: { given: () => undefined } };
    const served = { ...asking, ...sender, ...documents({ ...options, cache, keyParts }) };
    mistakes.serve?.(app);
    await app.register(feedRoutes, served);
    await app.register(sitemapRoutes, served);
    await app.register(deltaRoutes, { ...asking, deltas, clock, editions: config.editions.map(({ code }) => code) });
    await app.ready();
    const answering = await createAnswering({ ...options, clock, cache, keyParts, deltas, desk: idleDesk });
    return { app, answering, deltas };
  };
  const sides = {
    kept: await open(
      256 * 1024 * 1024,
      keepEntities({ storesOf: plainOf, follower, environment: config.environment, metrics }),
    ),
    // Nothing is small enough to be kept.
    fresh: await open(1, plainOf),
  };
  const { describedFor = (caller) => caller } = mistakes;
  const describe = describeArticle({ config, storesOf: plainOf, follower, counters });

  return {
    database,
    clock,
    publicUrl: config.publicUrl,
    callerOf,
    deltas: sides.kept.deltas,
    describe: (caller, id, now) => describe(describedFor(caller), id, now),
    async get(contract, path, { side = 'kept', ifNoneMatch } = {}) {
      const headers = { 'x-api-key': contract, ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }) };
      const answer = await sides[side].app.inject({ url: path, headers });
      const header = (name: string): string => String(answer.headers[name] ?? '');
      return {
        status: answer.statusCode,
        body: answer.body,
        etag: header('etag'),
        link: header('link'),
        isHit: header('cache-status').startsWith('masthead; hit'),
      };
    },
    ask: (contract, question, side = 'kept') => askAs(sides[side].answering.service, callerOf(contract), question),
    async step() {
      while ((await announceDue(database, clock.now(), 500)).taken > 0);
      await changes.step();
    },
    async close() {
      for (const { app, answering } of Object.values(sides)) {
        await app.close();
        await answering.stop();
      }
      await changes.close();
    },
  };
};
