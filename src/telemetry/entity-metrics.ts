import { Counter, type Registry } from 'prom-client';
import { createTally } from './tally.ts';
import { watchGauge } from './watch-gauge.ts';

/** Counts what the entity tier does; fits its `observe`. */
export interface EntityMetrics {
  asked(shelf: string, outcome: string): void;
  evicted(): void;
  /** Shows what the tier holds, as it is when the figures are read. */
  watchSize(size: () => { readonly bytes: number; readonly entries: number }): void;
}

/** Figures of the entity tier on `registry`. */
export const createEntityMetrics = (registry: Registry): EntityMetrics => {
  const registers = [registry];
  const asked = createTally(registry, {
    name: 'masthead_entity_requests_total',
    help: 'Articles, sections, tags, authors and counts of lists asked for, by what was asked and outcome: hit, joined, missing, ended, bypassed.',
    labelNames: ['of', 'outcome'],
  });
  const evicted = new Counter({
    name: 'masthead_entity_evictions_total',
    help: 'Kept entities that fell out of memory as others were read.',
    registers,
  });
  return {
    asked,
    evicted: () => evicted.inc(),
    watchSize(size) {
      watchGauge(
        registry,
        'masthead_entity_bytes',
        'Bytes of the entities kept, by the bound they count against.',
        () => size().bytes,
      );
      watchGauge(registry, 'masthead_entity_entries', 'Answers of stores kept.', () => size().entries);
    },
  };
};
