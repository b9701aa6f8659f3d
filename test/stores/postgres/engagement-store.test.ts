import { describe, expect, it } from 'vitest';
import { engagementStoreContract } from '../../contracts/engagement-store.ts';
import { articleId } from '../../support/content-rows.ts';
import { openStores } from '../../support/stores-under-test.ts';
import { databaseKinds } from '../../support/test-database.ts';

describe.each(databaseKinds)('createEngagementStore over %s', (kind) => {
  engagementStoreContract(async () => {
    const opened = await openStores(kind);
    return { ...opened, store: opened.stores.engagement };
  });

  it('writes the hour of UTC, in a session of any time zone', async () => {
    const { database, stores, close } = await openStores(kind);
    const id = articleId('a');
    await database.query("SET TIME ZONE 'Asia/Kathmandu'");
    await stores.engagement.record([{ id, kind: 'VIEW', at: Date.parse('2026-11-23T12:40:00Z') }]);
    const rows = await database.query('SELECT hour FROM engagement_hours');
    expect(rows).toEqual([{ hour: new Date('2026-11-23T12:00:00Z') }]);
    await close();
  });
});
