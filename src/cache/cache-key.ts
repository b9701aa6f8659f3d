import { hash } from 'node:crypto';

/**
 * A key that covers every one of `parts`: equal only when all are equal, in order.
 *
 * Parts are length-prefixed, never joined: `["ab", "c"]` and `["a", "bc"]` have different keys.
 *
 * @returns 64 hex digits.
 */
export const cacheKey = (parts: readonly string[]): string => {
  let text = '';
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`;
  // In one go: an object that is handed each part takes longer than all of the digest.
  return hash('sha256', text, 'hex');
};

/** JSON with the keys of every object in code-unit order: equal values have equal text. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'undefined';
