import type { Instant } from '../../../src/clock.ts';
import { EDITION_CODES, type EditionCode } from '../../../src/content/edition.ts';

/** An archive: how many articles it has, and when the newest was published. */
export interface Archive {
  readonly articles: number;
  readonly now: Instant;
}

/** What the articles of an edition hang on. */
export const ARCHIVE = { sections: 24, tags: 2_000, authors: 60 } as const;

/** An id of the archive, in the form of ours, for `number` of its kind. */
export const archiveId = <Prefix extends 'art' | 'sec' | 'tag' | 'aut'>(
  prefix: Prefix,
  number: number,
  edition: EditionCode = 'EN',
) => `${prefix}_${edition.toLowerCase()}_${String(number).padStart(20, '0')}` as `${Prefix}_${string}`;

/** The slug of the archive's article `number`, counted over all editions from the newest. */
export const archiveSlug = (number: number): string => `story-${number}`;

/** The path of article `number`: it lies in one of `ARCHIVE.sections`. */
export const archivePath = (number: number): string =>
  `s${((number * 104_729) % 1_000_003) % ARCHIVE.sections}/${archiveSlug(number)}`;

/** The edition of article `number`. */
export const archiveEditionOf = (number: number, editions: readonly EditionCode[] = EDITION_CODES): EditionCode =>
  editions[number % editions.length] ?? 'EN';

/**
 * How long before the newest article `number` was published: the first follow each other every four minutes, the millionth came
 * every half hour. It does not depend on how many there are: the newest are the same in an archive of any size.
 */
export const ageSecondsOf = (number: number): number => number * 240 + Math.floor((number * number) / 2_500);

/** When article `number` of an archive as of `now` was published. */
export const publishedAtOf = (number: number, now: Instant): Instant => now - ageSecondsOf(number) * 1_000;

/** Of so many articles one in each edition holds the edition's rare word. */
export const RARE_EVERY = 30_000;

/** The newest so many articles, of all editions together, are without the word of the past. */
export const PAST_SINCE = 600;
