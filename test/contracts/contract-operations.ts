import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { sharedPath } from '../support/shared.ts';

/** A document of the contract. */
export interface ContractOperation {
  /** E.g. `article-page`. */
  readonly name: string;
  readonly text: string;
}

/** The documents readers' pages send; skips the running test where they are absent. */
export const readContractOperations = (test: Pick<TestContext, 'skip'>): readonly ContractOperation[] => {
  const folder = sharedPath(test, 'contract/operations');
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  // A folder that went empty would let every test that maps over it pass.
  if (files.length < 4) throw new Error(`four operations are agreed, ${files.length} are there`);
  return files.map((file) => ({
    name: file.replace(/\.graphql$/, ''),
    text: readFileSync(join(folder, file), 'utf8'),
  }));
};
