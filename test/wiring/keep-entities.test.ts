import { describe, expect, it } from 'vitest';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { keepEntities } from '../../src/wiring/keep-entities.ts';
import { createHandFollower } from '../cache/hand-follower.ts';

const open = (megabytes: number) => {
  const metrics = createMetrics();
  const follower = createHandFollower();
  const stores: Stores = {
    ...createPostgresStores({ query: async () => [] }),
    told: { articles: () => true, taxonomy: () => true },
  };
  const environment = { ENTITY_TIER_MEGABYTES: megabytes };
  const storesOf = keepEntities({ storesOf: () => stores, follower, environment, metrics });
  const figures = async (): Promise<readonly string[]> =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('masthead_entity_'));
  return { stores, storesOf, follower, figures };
};

describe('keepEntities', () => {
  it('counts what was asked of what is kept, and shows how much that is', async () => {
    const { storesOf, follower, figures } = open(1);
    const { taxonomy } = storesOf('EN');
    await taxonomy.sections(['EN', 'AR']);
    await taxonomy.sections(['EN']);
    follower.change('edition:en');
    await taxonomy.sections(['EN']);
    follower.trust(false);
    await taxonomy.sections(['EN']);
    expect(await figures()).toEqual([
      'masthead_entity_requests_total{of="section",outcome="missing"} 2',
      'masthead_entity_requests_total{of="section",outcome="hit"} 1',
      'masthead_entity_requests_total{of="section",outcome="ended"} 1',
      'masthead_entity_requests_total{of="section",outcome="bypassed"} 1',
      'masthead_entity_evictions_total 0',
      expect.stringMatching(/^masthead_entity_bytes \d{3,4}$/),
      'masthead_entity_entries 2',
    ]);
  });

  it('leaves stores as they are where there is no room for anything', async () => {
    const { stores, storesOf, figures } = open(0);
    expect(storesOf('EN')).toBe(stores);
    expect(await figures()).toEqual([]);
  });
});
