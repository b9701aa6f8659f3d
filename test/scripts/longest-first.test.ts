import { describe, expect, it } from 'vitest';
import { longestFirst } from '../../scripts/longest-first.ts';

describe('longestFirst', () => {
  it('begins with what takes minutes and keeps the others as they stood', () => {
    const files = ['/p/test/app.test.ts', '/p/test/journeys/wordpress-sites.test.ts', '/p/test/cache/tier.test.ts'];
    expect(longestFirst(files.map((moduleId) => ({ moduleId })))).toEqual([
      { moduleId: files[1] },
      { moduleId: files[0] },
      { moduleId: files[2] },
    ]);
  });
});
