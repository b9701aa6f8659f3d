import { describe, expect, it } from 'vitest';
import { changeIdOf, isChangeId } from '../../src/content/delta.ts';

const EPOCH = '5d0c7f2e-0000-4000-8000-000000000000';

describe('the id of a change', () => {
  it('is another for every place in a log, every log, and everybody who is told of it alone', () => {
    const ids = [
      changeIdOf(EPOCH, 17, null),
      changeIdOf(EPOCH, -17, null),
      changeIdOf(EPOCH, 17, 'public'),
      changeIdOf(EPOCH, 17, '0123456789abcdef'),
      changeIdOf(EPOCH.replace('5d', '6d'), 17, null),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[\w-]{1,128}$/);
      expect(isChangeId(id)).toBe(true);
    }
  });

  it.each(['', 'chg_', 'art_en_khad4t5amwngh9nednsq', 'chg_5d0c7f2e_17_', 'chg_5D0C7F2E_17'])('is not %j', (text) => {
    expect(isChangeId(text)).toBe(false);
  });
});
