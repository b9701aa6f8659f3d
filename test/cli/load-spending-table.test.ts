import { expect, it, onTestFinished } from 'vitest';
import { loadSpendingTable } from '../../src/cli/load-spending-table.ts';
import { addPartnerSpending } from '../../src/stores/postgres/partner-spending.ts';
import { createTestDatabase } from '../support/test-database.ts';

it('tells what partners spent, newest first, as far back as it is asked', async () => {
  const database = await createTestDatabase('postgres');
  onTestFinished(database.close);
  const row = { requests: 3, refused: 1 };
  await addPartnerSpending(database, [
    { ...row, partnerId: 'radio', day: '2026-11-27', spent: 1 },
    { ...row, partnerId: 'radio', day: '2026-11-28', spent: 2.5 },
    { ...row, partnerId: 'agency', day: '2026-11-29', spent: 40 },
  ]);
  const now = Date.parse('2026-11-29T12:00:00Z');
  const names = ['day', 'partner', 'cost spent', 'refused'];
  expect(await loadSpendingTable(database, { id: undefined, days: 1, now })).toEqual([
    names,
    ['2026-11-29', 'agency', '40', '1'],
    ['2026-11-28', 'radio', '2.5', '1'],
  ]);
  expect(await loadSpendingTable(database, { id: 'radio', days: 0, now })).toEqual([names]);
});
