import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestContext } from 'vitest';

/** The project's own folder. */
export const PROJECT_ROOT = resolve(import.meta.dirname, '../..');

/** The folder of contracts and test input beside the project in `root`, or null where it was not brought along. */
export const findShared = (root: string): string | null => {
  const folder = resolve(root, '../shared');
  return existsSync(join(folder, 'contract/schema.graphql')) ? folder : null;
};

/**
 * The path of something in the shared folder. Where that is absent the running test is skipped, saying why:
 * the project must build and pass without it.
 *
 * @param test the running test's context, e.g. `it('…', (test) => readFileSync(sharedPath(test, 'contract/schema.graphql')))`.
 */
export const sharedPath = (test: Pick<TestContext, 'skip'>, path: string, root: string = PROJECT_ROOT): string => {
  const folder = findShared(root);
  if (folder === null) return test.skip('the folder ../shared is not beside the project');
  return join(folder, path);
};
