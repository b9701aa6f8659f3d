import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../vitest.config.ts';

const coverage = config.test?.coverage;
const guarded = coverage !== undefined && 'thresholds' in coverage ? Object.keys(coverage.thresholds ?? {}) : [];

describe('the coverage gate', () => {
  it('guards the rooms that must not be wrong', () => {
    expect(guarded).toEqual(['src/cache/**', 'src/changes/**', 'src/graphql/limits/**', 'src/partners/**']);
  });

  // A pattern that matches nothing passes without a word.
  it.each(guarded)('finds files where it looks: %s', (pattern) => {
    expect(existsSync(resolve(import.meta.dirname, '..', pattern.replace('/**', '')))).toBe(true);
  });
});
