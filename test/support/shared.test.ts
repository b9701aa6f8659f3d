import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { sharedPath } from './shared.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masthead-shared-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A test context that throws the reason it is skipped for, as vitest's does. */
const skipping = {
  skip: (note?: string | boolean) => {
    throw new Error(`skipped: ${String(note)}`);
  },
} as Pick<TestContext, 'skip'>;

describe('sharedPath', () => {
  it('finds the folder beside the project', () => {
    mkdirSync(join(folder, 'shared/contract'), { recursive: true });
    writeFileSync(join(folder, 'shared/contract/schema.graphql'), 'type Query { a: Int }');
    expect(sharedPath(skipping, 'data/news', join(folder, 'project'))).toBe(join(folder, 'shared/data/news'));
  });

  it('skips the test, saying why, where the folder is absent', () => {
    expect(() => sharedPath(skipping, 'data/news', join(folder, 'project'))).toThrow(
      'skipped: the folder ../shared is not beside the project',
    );
  });
});
