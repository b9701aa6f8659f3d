import type { BodyBlock } from '../../content/body.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Article } from '../../content/entities.ts';
import { EXCERPT_LETTERS, excerptOf } from '../../content/excerpt.ts';
import { analyse, searchLanguageOf } from '../../search/analyse.ts';
import { exactLexeme, quoteLexeme } from './search-query.ts';

/** Letters of a body that search sees: a `tsvector` places up to the 16,383rd word. */
export const SEARCHED_BODY_LETTERS = 100_000;

/** The texts of an article that it is found by. */
export interface SearchedTexts {
  readonly edition: EditionCode;
  readonly headline: string;
  readonly standfirst: string | null;
  readonly kicker: string | null;
  /** Names of its tags, joined by blanks. */
  readonly tagNames: string | null;
  readonly bodyText: string | null;
}

/** An article's body, and how much of it is for everybody. */
export interface SearchedBody {
  readonly syndication: Article['rights']['syndication'];
  readonly body: readonly BodyBlock[];
  readonly bodyText: string;
}

/** What of a body is searched: what everybody may read, or who tries words would learn which ones stand in the rest. */
export const searchedBodyOf = ({ syndication, body, bodyText }: SearchedBody): string | null =>
  syndication === 'FULL' ? bodyText : excerptOf(body, EXCERPT_LETTERS);

type Weight = 'A' | 'B' | 'C';

/** Places of a `tsvector`, and places of one lexeme in it, at most. */
const LAST_PLACE = 16_383;
const LEXEME_PLACES = 255;
/** Below the megabyte at which PostgreSQL refuses one; what is over is left out, from the end of the body. */
const LIMIT_BYTES = 900_000;
/** What a lexeme takes beside its letters, and what a place of it takes. */
const LEXEME_BYTES = 8;
const PLACE_BYTES = 2;
/** Places between two texts: no phrase reaches from one into the next. */
const GAP_PLACES = 16;

/**
 * An article's `tsvector`, as text: every word at its place, by all that finds it and by itself; A the headline, B standfirst,
 * kicker and tags, C the body.
 */
export const writeSearchVector = ({ edition, ...texts }: SearchedTexts): string => {
  const language = searchLanguageOf(edition);
  const lexemes = new Map<string, string[]>();
  let bytes = 0;
  const add = (lexeme: string, place: string): void => {
    const places = lexemes.get(lexeme);
    const cost = PLACE_BYTES + (places === undefined ? Buffer.byteLength(lexeme) + LEXEME_BYTES : 0);
    if (bytes + cost > LIMIT_BYTES || (places?.length ?? 0) >= LEXEME_PLACES) return;
    bytes += cost;
    if (places === undefined) lexemes.set(lexeme, [place]);
    else places.push(place);
  };

  let before = 0;
  const read = (text: string | null, weight: Weight): void => {
    const words = analyse(language, text ?? '');
    for (const { terms, exact, position, isStopWord } of words) {
      const place = `${Math.min(before + position, LAST_PLACE)}${weight}`;
      for (const term of terms) add(term, place);
      if (!isStopWord) add(exactLexeme(exact), place);
    }
    before += words.length + GAP_PLACES;
  };
  read(texts.headline, 'A');
  read(texts.standfirst, 'B');
  read(texts.kicker, 'B');
  read(texts.tagNames, 'B');
  read(texts.bodyText?.slice(0, SEARCHED_BODY_LETTERS) ?? null, 'C');
  return [...lexemes].map(([lexeme, places]) => `${quoteLexeme(lexeme)}:${places.join(',')}`).join(' ');
};
