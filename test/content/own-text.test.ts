import { describe, expect, it } from 'vitest';
import { ownText } from '../../src/content/own-text.ts';

describe('ownText', () => {
  it.each(['', 'a', 'أخبار', 'half \uD800 a pair', '"\\\n\u2028'])('is the same text: %j', (text) => {
    expect(ownText(text)).toBe(text);
  });
});
