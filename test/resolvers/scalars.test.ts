import { Kind, parseValue, type GraphQLScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DateTime, Locale, Url } from '../../resolvers/scalars.ts';

const READINGS: readonly (readonly [GraphQLScalarType, string, unknown])[] = [
  [DateTime, '2026-11-23T10:31:00+03:00', Date.parse('2026-11-23T07:31:00Z')],
  [DateTime, '2026-11-23T07:31:00.9Z', Date.parse('2026-11-23T07:31:00Z')],
  [Url, 'https://news.example/أخبار', 'https://news.example/أخبار'],
  [Url, 'HTTP://news.example', 'HTTP://news.example'],
  [Locale, 'es-419', 'es-419'],
  [Locale, 'AR-lb', 'ar-LB'],
];

const REFUSALS: readonly (readonly [GraphQLScalarType, unknown, RegExp])[] = [
  [DateTime, '2022-02-30T10:00:00Z', /RFC 3339 instant/],
  [DateTime, 'tomorrow', /RFC 3339 instant/],
  [DateTime, 1_641_031_200_000, /DateTime (must be an RFC 3339|is written as a string)/],
  [Url, '/en/a', /absolute http/],
  [Url, 'javascript:alert(1)', /absolute http/],
  [Url, 'https://', /absolute http/],
  [Url, `https://news.example/${'a'.repeat(2_000)}`, /at most 2000 characters/],
  [Url, 5, /URL (must be text|is written as a string)/],
  [Locale, 'not a tag', /BCP 47/],
  [Locale, '', /BCP 47/],
  [Locale, 7, /Locale (must be a BCP 47|is written as a string)/],
  [Locale, ['en', 'ar'], /Locale (must be a BCP 47|is written as a string)/],
];

describe('the scalars', () => {
  it.each(READINGS)('%s reads %s, from a variable and from a document', (scalar, text, value) => {
    expect(scalar.parseValue(text)).toBe(value);
    expect(scalar.parseLiteral({ kind: Kind.STRING, value: text })).toBe(value);
  });

  it.each(REFUSALS)('%s refuses %j with a code and a reason', (scalar, value, reason) => {
    const refusal = { code: 'BAD_USER_INPUT', message: expect.stringMatching(reason) as string };
    expect(() => scalar.parseValue(value)).toThrow(expect.objectContaining(refusal) as Error);
    expect(() => scalar.parseLiteral(parseValue(JSON.stringify(value)))).toThrow(
      expect.objectContaining(refusal) as Error,
    );
  });
});
