import { describe, expect, it } from 'vitest';
import { EDITION_CODES, parseEditionCode } from '../../src/content/edition.ts';

describe('parseEditionCode', () => {
  it('reads every code in either case', () => {
    expect(EDITION_CODES.map((code) => parseEditionCode(code.toLowerCase()))).toEqual([...EDITION_CODES]);
    expect(EDITION_CODES.map((code) => parseEditionCode(code))).toEqual([...EDITION_CODES]);
  });

  it.each(['', 'fr', 'en-GB', ' en', '__proto__', 'constructor'])('knows no edition %j', (text) => {
    expect(parseEditionCode(text)).toBe(undefined);
  });
});
