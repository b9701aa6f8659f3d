import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { readContractOperations } from '../contracts/contract-operations.ts';
import { readExamples } from '../docs/read-examples.ts';
import { DEMO_VARIABLES, OPERATIONS, readOperation, type OperationName } from '../journeys/operations.ts';
import type { RandomOperation } from '../support/random-operations.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { askRandomOperations } from './ask-random-operations.ts';
import { createContentRig } from './content-rig.ts';
import type { Rig } from './rig.ts';

const SEED = 20_261_129;
/** Each is asked of stores that do well, and of so many that do not. */
const WORRIES = Array.from({ length: 12 }, (_, worry) => worry);

const config = createTestConfig();
let database: Database;
let rig: Rig;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
  rig = await createContentRig({ config, database });
});
afterAll(async () => {
  await rig.close();
  await database.close();
});

const inEveryEdition = (name: OperationName, query: string): readonly RandomOperation[] =>
  Object.values(DEMO_VARIABLES).map((byOperation) => ({ query, variables: byOperation[name] }));

const differencesOf = async (operations: readonly RandomOperation[]): Promise<readonly string[]> => {
  const differences: string[] = [];
  for (const operation of operations)
    for (const worry of WORRIES) {
      const difference = await rig.ask(operation, worry);
      if (difference !== undefined) differences.push(`worry ${worry}: ${difference}`);
    }
  return differences;
};

const FOLDER = join(PROJECT_ROOT, 'docs/clients');

describe('plans give what graphql-js gives, and record and ask the same', () => {
  it.each(OPERATIONS)('for the example operation %s', async (name) => {
    expect(await differencesOf(inEveryEdition(name, readOperation(name)))).toEqual([]);
  });

  it('for the operations of the contract', async (test) => {
    for (const { name, text } of readContractOperations(test))
      expect(await differencesOf(inEveryEdition(name as OperationName, text))).toEqual([]);
  });

  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.md')))('for the examples of %s', async (name) => {
    const operations = readExamples(readFileSync(join(FOLDER, name), 'utf8')).flatMap((example) =>
      example.kind !== 'query'
        ? []
        : example.asks.map(({ variables }) => ({
            query: example.document.text,
            variables: JSON.parse(variables?.text ?? '{}') as RandomOperation['variables'],
          })),
    );
    expect(await differencesOf(operations)).toEqual([]);
  });

  it('for generated operations', { timeout: 600_000 }, async () => {
    expect((await askRandomOperations(rig, { count: 500, seed: SEED })).difference).toBe(undefined);
  });
});
