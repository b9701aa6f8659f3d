import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { parseQuery } from '../../../src/search/parse-query.ts';
import { writeSearchQuery } from '../../../src/stores/postgres/search-query.ts';
import { writeSearchVector, type SearchedTexts } from '../../../src/stores/postgres/search-vector.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';

const EMPTY: SearchedTexts = {
  edition: 'EN',
  headline: '',
  standfirst: null,
  kicker: null,
  tagNames: null,
  bodyText: null,
};

describe.each(databaseKinds)('writeSearchVector and writeSearchQuery, on %s', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());

  const answers = async (text: string, texts: Partial<SearchedTexts>): Promise<boolean> => {
    const { query } = writeSearchQuery(parseQuery('en', text));
    const [row] = await database.query<{ readonly found: boolean | null }>(
      'SELECT $1::tsvector @@ $2::tsquery AS found',
      [writeSearchVector({ ...EMPTY, ...texts }), query],
    );
    return row?.found ?? false;
  };

  it('find each other by signs that stand for many letters, however many of them a word has', async () => {
    for (const length of [1, 40, 62, 64, 500])
      for (const word of ['\uFDFA'.repeat(length), `${'\uFDFA'.repeat(length)}-${'\uFDFA'.repeat(length)}`])
        expect([length, await answers(word, { headline: word, bodyText: word })]).toEqual([length, true]);
  });

  it('find each other', async () => {
    const texts = { headline: 'Grain corridor reopens', bodyText: 'Ships left the re-opened port.' };
    for (const query of ['grain ships', '"grain corridor"', 'reopened', '"left the"', 'wheat OR port', 'port -wheat'])
      expect([query, await answers(query, texts)]).toEqual([query, true]);
    for (const query of ['wheat', '"corridor grain"', '"left a"', 'grain -ships', '!!!'])
      expect([query, await answers(query, texts)]).toEqual([query, false]);
  });

  it('let no phrase reach from a headline into the body', async () => {
    expect(await answers('"grain ships"', { headline: 'Grain', bodyText: 'Ships' })).toBe(false);
  });

  it('take letters that PostgreSQL writes otherwise', async () => {
    for (const word of ["d'Artagnan’s", 'a\\b', "''", 'ـ', 'و’و', '\u{1F600}', 'x:1A', 'a|b&!c'])
      expect(await answers(`${word} sure`, { headline: `${word} sure` })).toBe(true);
  });

  it('are written so that PostgreSQL can read them, whatever stands there', async () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom(...Array.from(`"'\\\\|&!()<->:*-«» ORabñةو٣,.'’\u0000\ud800`)),
        maxLength: 40,
      }),
    );
    await fc.assert(
      fc.asyncProperty(pieces, pieces, async (text, query) => {
        expect(typeof (await answers(query, { headline: text, bodyText: query }))).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });

  it('give up the end of what is too long for PostgreSQL, not the article', async () => {
    const bodies = [
      Array.from({ length: 60_000 }, (_, index) => index.toString(36)).join(' '),
      'word '.repeat(40_000),
      Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x20_000 + index).repeat(31)).join(' '),
    ];
    for (const bodyText of bodies) expect(await answers('grain', { headline: 'Grain', bodyText })).toBe(true);
  });
});
