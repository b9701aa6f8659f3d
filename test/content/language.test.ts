import { describe, expect, it } from 'vitest';
import { directionOf } from '../../src/content/language.ts';

describe('directionOf', () => {
  it.each(['ar', 'ar-LB', 'fa', 'ur', 'he', 'yi', 'ps', 'ckb', 'dv', 'ug', 'az-Arab', 'ur-Aran', 'AR', 'ku-Arab-IQ'])(
    'runs %s from right to left',
    (language) => {
      expect(directionOf(language)).toBe('RTL');
    },
  );

  it.each(['en', 'es-419', 'fr', 'tr', 'az', 'ar-Latn', 'ku', 'zh-Hant', 'ru', 'hi', 'und'])(
    'runs %s from left to right',
    (language) => {
      expect(directionOf(language)).toBe('LTR');
    },
  );
});
