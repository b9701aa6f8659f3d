import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleId } from '../../../src/content/ids.ts';
import { manifestOf, type Manifest, type ManifestEntry } from '../../../src/content/manifest.ts';
import type { Database } from '../../../src/database/database.ts';
import { createDeliveryTally } from '../../../src/partners/deliveries/delivery-tally.ts';
import { foldDeliveries } from '../../../src/partners/deliveries/fold-deliveries.ts';
import { loadHolders } from '../../../src/partners/deliveries/load-holders.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 29, 12);
const article: ArticleId = 'art_en_a';

describe.each(databaseKinds)('foldDeliveries (%s)', (kind) => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
  });
  afterEach(() => database.close());

  const give = async (at: number, ...entries: readonly ManifestEntry[]): Promise<void> => {
    const tally = createDeliveryTally({
      database,
      onFailure: (error) => expect.unreachable(String(error)),
      onDropped: () => expect.unreachable('There is room'),
    });
    tally.given({ partnerId: 'radio', manifest: manifestOf(entries) as Manifest, via: 'query', at });
    await tally.close();
  };

  it('says the same of who holds what, in a row per version', async () => {
    await give(NOW - 3 * DAY_MS, [article, 1, 0], ['art_en_b', 1, 0]);
    await give(NOW - 2 * DAY_MS, [article, 1, 2]);
    await give(NOW - 2 * DAY_MS, [article, 2, 0]);
    await give(NOW - 1_000, [article, 2, 0], ['art_en_c', 1, 0]);
    const before = await loadHolders(database, article);
    expect(before.map(({ version, extent, times }) => [version, extent, times])).toEqual([
      [1, 'text', 2],
      [2, 'named', 2],
    ]);
    expect(await foldDeliveries(database, NOW)).toEqual({ deliveries: 3, manifests: 3, heldVersions: 0 });
    expect(await loadHolders(database, article)).toEqual(before);
    expect(await database.query('SELECT FROM deliveries')).toHaveLength(1);
    // Given again, and folded again, it is added to what is there.
    await give(NOW, [article, 1, 0]);
    await foldDeliveries(database, NOW + 2 * DAY_MS);
    expect((await loadHolders(database, article)).map(({ version, times }) => [version, times])).toEqual([
      [1, 3],
      [2, 2],
    ]);
  });

  it('forgets what was given last more than 400 days ago, and nothing sooner', async () => {
    await give(NOW - 401 * DAY_MS, [article, 1, 0]);
    await give(NOW - 399 * DAY_MS, [article, 2, 0]);
    expect(await foldDeliveries(database, NOW)).toEqual({ deliveries: 2, manifests: 2, heldVersions: 1 });
    expect((await loadHolders(database, article)).map(({ version }) => version)).toEqual([2]);
  });
});
