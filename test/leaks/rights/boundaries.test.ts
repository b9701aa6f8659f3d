import { expect, it } from 'vitest';
import { createTestDatabase } from '../../support/test-database.ts';
import { probeBoundaries, writeEmbargoes } from './probe-boundaries.ts';
import { createRightsRig } from './rights-rig.ts';

it('nobody sees anything before its embargo ends, and everybody does at that instant', async () => {
  const database = await createTestDatabase('postgres');
  await writeEmbargoes(database, 5);
  const rig = await createRightsRig(database);
  const { probes, hits, early, late } = await probeBoundaries(rig, { count: 5, probes: 2_000, seed: 7 });
  await rig.close();
  await database.close();
  expect({ early: early.slice(0, 3), late: late.slice(0, 3) }).toEqual({ early: [], late: [] });
  expect(probes).toBe(2_000);
  expect(hits).toBeGreaterThan(1_000);
}, 120_000);
