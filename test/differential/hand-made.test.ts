import { afterEach, describe, expect, it } from 'vitest';
import { createPlannedExecutor } from '../../src/graphql/planned-executor.ts';
import { askRandomOperations } from './ask-random-operations.ts';
import { createHandMadeRig } from './hand-made-rig.ts';
import { KNOWN_BAD } from './known-bad.ts';
import type { Rig } from './rig.ts';

const SEED = 20_261_129;

let rig: Rig;
afterEach(() => rig.close());

describe('plans over a graph in which everything goes wrong', () => {
  it('give what graphql-js gives: data, keys in order, errors', { timeout: 600_000 }, async () => {
    rig = await createHandMadeRig();
    expect((await askRandomOperations(rig, { count: 500, seed: SEED })).difference).toBe(undefined);
  });

  it.each(Object.entries(KNOWN_BAD))(
    'are told from a version that %s',
    { timeout: 600_000 },
    async (_name, createParts) => {
      rig = await createHandMadeRig((schema) => createPlannedExecutor(schema, createParts()));
      expect((await askRandomOperations(rig, { count: 1_500, seed: SEED })).difference).toContain('differs in');
    },
  );
});
