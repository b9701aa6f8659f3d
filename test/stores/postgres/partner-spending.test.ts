import { describe, expect, it, onTestFinished } from 'vitest';
import { addPartnerSpending, readPartnerSpending } from '../../../src/stores/postgres/partner-spending.ts';
import { createTestDatabase, type DatabaseKind } from '../../support/test-database.ts';

describe.each<DatabaseKind>(['postgres', 'embedded'])('what partners spent, on %s', (kind) => {
  it('is added up by partner and day, by however many processes', async () => {
    const database = await createTestDatabase(kind);
    onTestFinished(database.close);
    const row = (partnerId: string, day: string, spent: number) => ({ partnerId, day, requests: 2, spent, refused: 1 });
    await Promise.all(
      Array.from({ length: 10 }, () =>
        addPartnerSpending(database, [
          row('b', '2026-11-29', 0.1),
          row('a', '2026-11-29', 10),
          row('a', '2026-11-28', 7),
        ]),
      ),
    );
    await addPartnerSpending(database, []);
    const sum = (partnerId: string, day: string, spent: number) => ({
      partnerId,
      day,
      requests: 20,
      spent,
      refused: 10,
    });
    expect(await readPartnerSpending(database, { from: '2026-11-01', to: '2026-11-30' })).toEqual([
      sum('a', '2026-11-28', 70),
      sum('a', '2026-11-29', 100),
      sum('b', '2026-11-29', 1),
    ]);
    expect(await readPartnerSpending(database, { partnerId: 'a', from: '2026-11-29', to: '2026-11-30' })).toEqual([
      sum('a', '2026-11-29', 100),
    ]);
  });
});
