import type { IndexKeeperOptions } from '../ingest/index/index-keeper.ts';
import type { IndexObserver } from '../ingest/index/indexer.ts';
import type { IndexMetrics } from '../telemetry/index-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';

type Observed = IndexObserver &
  Pick<IndexKeeperOptions, 'onProgress' | 'onBuilt' | 'onSuspicion' | 'onStrangers' | 'onFailure' | 'onRecovery'>;

/** Stories met between two lines of a first inventory. */
const PROGRESS_STORIES = 1_000;
/** Of a story that nobody told of, its save may lie years back: how late that is says nothing. */
const TIMELY = new Set(['told', 'sweep', 'reader', 'again']);

const FAILURES = {
  looks: 'stories of the store cannot be looked at again: what readers doubt stays as it is',
  sweep: 'the store cannot be swept: what nobody tells of is not found',
  inventory: 'no inventory of the store can be taken: what was deleted or back-dated there is not found',
} as const;

/** What becomes of the index of a store, counted and logged. */
export const observeIndex = (
  store: string,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: IndexMetrics },
): Observed => {
  let logged = 0;
  return {
    onLooked(results, reason) {
      for (const { outcome, ageMs } of results) {
        metrics.stories.inc({ store, reason, outcome });
        if (ageMs !== undefined && TIMELY.has(reason))
          metrics.lagSeconds.observe({ store, reason }, Math.max(0, ageMs) / 1_000);
      }
    },
    onLeftOut(of, reasons) {
      metrics.leftOut.inc({ store });
      logger.warn({ store, of, reasons }, 'something of the store could not be taken');
    },
    onHeld(count) {
      metrics.held.inc({ store }, count);
      logger.warn({ store, count }, 'too many stories are missing at once: none is withdrawn before an inventory');
    },
    onProgress({ seen, looked, isFirst }) {
      if (!isFirst || Math.floor(seen / PROGRESS_STORIES) === Math.floor(logged / PROGRESS_STORIES)) return;
      logged = seen;
      logger.info({ store, seen, looked }, 'the index of the store is being built');
    },
    onBuilt(seen) {
      logger.info({ store, seen }, 'the index of the store is built');
    },
    onSuspicion(missing, standing) {
      logger.error(
        { store, missing, standing },
        'far too many stories are missing: withdrawn if the next inventory misses them',
      );
    },
    onStrangers(count) {
      logger.warn({ store, count }, 'withdrew what other systems had stored in the edition of the store');
    },
    onFailure(work, error) {
      metrics.failures.inc({ store, work });
      logger.error({ store, error }, FAILURES[work]);
    },
    onRecovery(work) {
      logger.info({ store, work }, 'the store is read again');
    },
  };
};
