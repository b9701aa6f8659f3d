import { describe, expect, it } from 'vitest';
import { asksForCommonWords, parseQuery } from '../../src/search/parse-query.ts';
import { finds } from './finds.ts';

describe('parseQuery', () => {
  it.each([
    ['grain talks', 'Talks on grain resumed.', true],
    ['grain talks', 'Grain prices fell.', false],
    ['"grain corridor"', 'The grain corridor reopened.', true],
    ['"grain corridor"', 'A corridor for grain reopened.', false],
    ['“grain corridor”', 'A corridor for grain reopened.', false],
    ['«grain corridor»', 'A corridor for grain reopened.', false],
    ['"grain corridors', 'The grain corridor reopened.', true],
    ['grain -prices', 'Grain prices fell.', false],
    ['grain -prices', 'Grain was shipped.', true],
    ['grain -"prices fell"', 'Grain prices rose.', true],
    ['grain -"prices fell"', 'Grain prices fell.', false],
    ['wheat OR grain', 'Grain was shipped.', true],
    ['wheat OR barley', 'Grain was shipped.', false],
    ['OR', 'Grain or wheat.', false],
    ['wheat or grain', 'Grain was shipped.', false],
    ['the grain', 'Grain was shipped.', true],
    ['"to the port"', 'Ships came to the port.', true],
    ['"to the port"', 'Ships came to a port.', false],
    ['the who', 'The Who played.', true],
    ['the who', 'Nobody played.', false],
    ['re-election', 'Her re-election', true],
    ['re-election', 'Her reelection', true],
    ['reelection', 'Her re-election', true],
    ['re-election', 'An election, re the mayor', false],
    ['grain -the', 'The grain was shipped.', true],
    ['-grain', 'Wheat was shipped.', false],
    ['--', '--', false],
    ['"', '"', false],
    ['well-known', 'A known well.', false],
  ])('%s in "%s": %s', (query, text, isFound) => {
    expect(finds('en', query, text)).toBe(isFound);
  });

  it.each([
    ['ar', '"ممر الحبوب"', 'أعيد فتح ممرّ الحبوب', true],
    ['ar', '"ممر الحبوب"', 'الحبوب في الممر', false],
    ['ar', 'الحبوب -الأسعار', 'أسعار الحبوب', false],
    ['es', '¿subió el trigo?', 'El trigo subió.', true],
    ['es', '"precio del trigo"', 'Los precios del trigo', true],
  ] as const)('in %s %s in "%s": %s', (language, query, text, isFound) => {
    expect(finds(language, query, text)).toBe(isFound);
  });

  it('asks for nothing where there is no word', () => {
    for (const text of ['', ' ', '"" -""', '!!! ??? ((( &', '- " -'])
      expect(parseQuery('en', text).choices).toEqual([]);
  });
});

describe('asksForCommonWords', () => {
  it.each([
    ['the who', true],
    ['grain OR the', true],
    ['the grain', false],
    ['grain', false],
    ['', false],
  ])('%s: %s', (query, isSo) => {
    expect(asksForCommonWords(parseQuery('en', query))).toBe(isSo);
  });
});
