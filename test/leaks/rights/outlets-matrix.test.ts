import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Caller } from '../../../src/content/caller.ts';
import { createEditions } from '../../../src/content/editions.ts';
import { audienceOf, type Plan } from '../../../src/content/plan.ts';
import type { Database } from '../../../src/database/database.ts';
import type { ArticleStore } from '../../../src/stores/article-store.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { createLoaders } from '../../../src/loaders/loaders.ts';
import { createRecorder } from '../../../src/loaders/recorder.ts';
import { createDeltas } from '../../../src/syndication/deltas/deltas.ts';
import type { Sight } from '../../../src/syndication/deltas/facets.ts';
import { createFeedService } from '../../../src/syndication/feeds/feed-service.ts';
import { createLoadWithdrawals } from '../../../src/syndication/feeds/load-withdrawals.ts';
import { createKeptDocuments } from '../../../src/syndication/kept-documents.ts';
import { createReadings } from '../../../src/wiring/create-readings.ts';
import { publishDocuments, type PublishDocumentsOptions } from '../../../src/wiring/publish-documents.ts';
import { readDeltas } from '../../../src/wiring/read-deltas.ts';
import { endlessSetting } from '../../../src/wiring/sight-of-plans.ts';
import { createPlan } from '../../content/create-plan.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import type { OutletMistakes } from './outlets-rig.ts';
import { OUTLETS, probeOutlets, type Outlet } from './probe-outlets.ts';

let database: Database;
beforeEach(async () => {
  database = await createTestDatabase('postgres');
});
afterEach(() => database.close());

it('is what its contract says, in every feed, sitemap, delta and webhook, kept or not, whatever happens', async () => {
  const tallies = await probeOutlets(database, { seed: 11, rounds: [1, 0], oneOf: 8 });
  for (const outlet of OUTLETS) {
    const { answers, hits, leaks } = tallies[outlet];
    console.log(`${outlet}: ${answers} answers, ${hits} out of the cache, ${leaks.length} leaks`);
    expect(leaks.slice(0, 10)).toEqual([]);
    expect(answers).toBeGreaterThan(200);
  }
  expect(tallies.feeds.hits).toBeGreaterThan(100);
}, 300_000);

const withPlan = (caller: Caller, change: Partial<Plan>): Caller =>
  caller.plan === null ? caller : { ...caller, plan: { ...caller.plan, ...change } };

/** Documents that are made for another caller than the one who asks, and kept for that one. */
const madeFor =
  (as: (caller: Caller) => Caller) =>
  (options: PublishDocumentsOptions): ReturnType<typeof publishDocuments> => {
    const { feeds, sitemaps } = publishDocuments(options);
    return { sitemaps, feeds: { ...feeds, answer: (request, caller) => feeds.answer(request, as(caller)) } };
  };

const everything: Sight = { covers: () => true, rightOf: () => 'FULL' };

/** Feeds that tell everybody what anybody could see. */
const tellingOfAll = (options: PublishDocumentsOptions): ReturnType<typeof publishDocuments> => {
  const { cache, keyParts, config, database: log } = options;
  const documents = createKeptDocuments({
    cache,
    keyParts,
    timeoutMs: 10_000,
    storeNameOf: () => 'postgres',
    createReading: createReadings(options),
  });
  const loadWithdrawals = createLoadWithdrawals({ database: log, sightOf: async () => everything });
  const editions = createEditions(config.editions);
  return { ...publishDocuments(options), feeds: createFeedService({ documents, editions, hubs: [], loadWithdrawals }) };
};

/** Sitemaps that are made as for a partner who holds everything. */
const mappingAll = (options: PublishDocumentsOptions): ReturnType<typeof publishDocuments> => {
  const stores = options.storesOf;
  const all = createPlan({ embargoed: true });
  const storesOf: typeof stores = (edition) => {
    const own = stores(edition);
    const seeing: Partial<ArticleStore> = {
      list: async (queries, view) =>
        (await own.articles.list(queries, { ...view, plan: all })).map((page) => ({
          ...page,
          articles: page.articles.map((article) => ({
            ...article,
            rights: { ...article.rights, embargoedUntil: null },
          })),
        })),
    };
    return { ...own, articles: { ...own.articles, ...seeing } } satisfies Stores;
  };
  return { ...publishDocuments(options), sitemaps: publishDocuments({ ...options, storesOf }).sitemaps };
};

describe('the matrix finds', () => {
  it.each<readonly [string, Outlet, OutletMistakes, RegExp]>([
    [
      'a feed that holds the text of those who may have an excerpt',
      'feeds',
      { documents: madeFor((caller) => withPlan(caller, { syndication: 'FULL' })) },
      /feed excerpt .* holds bd/,
    ],
    [
      'a feed that forgets the sections of a plan',
      'feeds',
      { documents: madeFor((caller) => withPlan(caller, { sections: null })) },
      /feed section .* names s/,
    ],
    [
      'a feed of what is under embargo',
      'feeds',
      { documents: madeFor((caller) => withPlan(caller, { embargoed: true })) },
      /feed full .*ninjs.* names s/,
    ],
    [
      'a feed that is kept for whoever has the same sections',
      'feeds',
      { audience: (plan) => audienceOf({ ...plan, syndication: 'FULL' }) },
      /feed (?:full|excerpt|suspended) /,
    ],
    ['a feed that tells everybody what was taken back', 'feeds', { documents: tellingOfAll }, /feed .* names s/],
    [
      'a digest that is taken for any bytes',
      'feeds',
      {
        serve: (app) =>
          app.addHook('onRequest', async (request, reply) => {
            if (request.headers['if-none-match'] !== undefined) await reply.code(304).send();
          }),
      },
      /with the digests of others: \[304/,
    ],
    ['a sitemap of what is under embargo', 'sitemaps', { documents: mappingAll }, /sitemap .* names s/],
    [
      'deltas that tell everybody of what was killed',
      'changes',
      {
        deltas: ({ config, database: log, follower, ...rest }) =>
          createDeltas({
            database: log,
            follower,
            editions: config.editions,
            sightOf: async () => everything,
            articlesFor: ({ plan }, now) => {
              const { articles } = createLoaders(endlessSetting({ config, follower, ...rest }), createRecorder(), {
                now,
                plan,
              });
              return (ids) => Promise.all(ids.map((id) => articles.byId.load(id)));
            },
          }),
      },
      /changes .* names s/,
    ],
    [
      'deltas that forget the sections of a plan',
      'changes',
      {
        deltas: (options) => {
          const read = readDeltas(options);
          return (request) => read({ ...request, caller: withPlan(request.caller, { sections: null }) });
        },
      },
      /changes section.* names s/,
    ],
    [
      'a webhook that brings a text to those who may have an excerpt',
      'webhooks',
      { describedFor: (caller) => withPlan(caller, { syndication: 'FULL' }) },
      /webhook excerpt .* holds bd/,
    ],
    [
      'a webhook that is described for everybody',
      'webhooks',
      { describedFor: () => ANONYMOUS },
      /webhook (?:full|section|embargo) /,
    ],
  ])(
    '%s',
    async (_name, outlet, mistakes, says) => {
      const probing = { seed: 5, rounds: [1, 0], oneOf: 20, only: [outlet], isFirstEnough: true, mistakes } as const;
      const tallies = await probeOutlets(database, probing);
      expect(tallies[outlet].leaks.join('\n')).toMatch(says);
    },
    120_000,
  );
});
