import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createLeakRig } from './leak-rig.ts';
import { askRandomPairs } from './random-pairs.ts';

const SEED = 20_261_123;

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
});
afterAll(() => database.close());

it('is what the gateway says without a cache, for random questions while articles change and time goes on', async () => {
  const rig = await createLeakRig(database);
  const { leak, hits, edits } = await askRandomPairs(rig, { pairs: 4_000, seed: SEED });
  await rig.close();
  expect(leak).toBe(undefined);
  expect(hits).toBeGreaterThan(500);
  expect(edits).toBeGreaterThan(3);
}, 120_000);

it('finds the leak of a version that does not tell the cache of audiences', async () => {
  const rig = await createLeakRig(database, { toldOf: () => 'public' });
  const { leak } = await askRandomPairs(rig, { pairs: 4_000, seed: SEED });
  await rig.close();
  expect(leak).toContain('holds what was read for');
}, 120_000);
