import { describe, expect, it } from 'vitest';
import { createKey, isSameKey, readKey } from '../../src/partners/partner-key.ts';

describe('a key', () => {
  it('is read as it was made, and never made twice', () => {
    const keys = Array.from({ length: 200 }, createKey);
    for (const { text, prefix, digest } of keys) {
      expect(text).toMatch(/^mh_live_[0-9a-z]{8}_[0-9a-z]{32}$/);
      expect(readKey(text)).toEqual({ prefix, digest });
      // What is kept opens nothing.
      expect(digest).not.toContain(text.slice(-32));
      expect(readKey(digest)).toBeUndefined();
    }
    expect(new Set(keys.map(({ text }) => text)).size).toBe(200);
  });

  it.each(['', 'mh_live_', 'mh_live_abcdefgh', `mh_test_${'0'.repeat(8)}_${'0'.repeat(32)}`, 'x'.repeat(10_000)])(
    'is none: %#',
    (text) => expect(readKey(text)).toBeUndefined(),
  );

  it('is the same by its digest alone', () => {
    const [one, other] = [createKey(), createKey()];
    expect(isSameKey(one, one.digest)).toBe(true);
    expect(isSameKey({ prefix: one.prefix, digest: other.digest }, one.digest)).toBe(false);
    expect(isSameKey(one, undefined)).toBe(false);
  });
});
