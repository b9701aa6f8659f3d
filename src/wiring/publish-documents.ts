import type { ResponseCache } from '../cache/response-cache.ts';
import type { Config } from '../config/load.ts';
import type { EditionCode } from '../content/edition.ts';
import { createEditions } from '../content/editions.ts';
import type { Queryable } from '../database/database.ts';
import { createFeedService, type FeedService } from '../syndication/feeds/feed-service.ts';
import { createLoadWithdrawals } from '../syndication/feeds/load-withdrawals.ts';
import { createKeptDocuments } from '../syndication/kept-documents.ts';
import { createSitemapService, type SitemapService } from '../syndication/sitemaps/sitemap-service.ts';
import { createReadings, type ReadingsOptions } from './create-readings.ts';
import { sightOfPlans } from './sight-of-plans.ts';

export interface PublishDocumentsOptions extends ReadingsOptions {
  readonly cache: ResponseCache;
  /** Of the change log. */
  readonly database: Queryable;
  /** From `keyPartsOf`. */
  readonly keyParts: readonly string[];
}

/** What is made without the graph. */
export interface Documents {
  readonly feeds: FeedService;
  readonly sitemaps: SitemapService;
}

/** Feeds and sitemaps, over the same stores and through the same cache as the graph. */
/** What the store of an edition is called: the gateway's own database, unless the configuration gives it another. */
export const storeNamesOf =
  ({ stores, environment }: Pick<Config, 'stores' | 'environment'>) =>
  (edition: EditionCode): string => {
    const store = stores.find(({ editions }) => editions.includes(edition));
    if (store !== undefined && store.kind !== 'main') return store.name;
    return environment.DATABASE_URL === undefined ? 'embedded' : 'postgres';
  };

export const publishDocuments = ({ cache, keyParts, database, ...options }: PublishDocumentsOptions): Documents => {
  const { environment } = options.config;
  const editions = createEditions(options.config.editions);
  const documents = createKeptDocuments({
    cache,
    keyParts,
    timeoutMs: environment.OPERATION_TIMEOUT_MS,
    storeNameOf: storeNamesOf(options.config),
    createReading: createReadings(options),
  });
  const sightOf = sightOfPlans(options);
  return {
    feeds: createFeedService({
      documents,
      editions,
      hubs: environment.WEBSUB_HUBS ?? [],
      loadWithdrawals: createLoadWithdrawals({ database, sightOf: ({ plan }) => sightOf(plan) }),
    }),
    sitemaps: createSitemapService({ documents, editions }),
  };
};
