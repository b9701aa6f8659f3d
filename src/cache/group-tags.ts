import { EDITION_CODES } from '../content/edition.ts';
import { tagOf, type CacheTag } from '../content/tags.ts';

/** Whoever may join or leave a translation group, in whichever edition: a store answers for all of those that it holds. */
export const groupTags = (group: string): readonly CacheTag[] =>
  EDITION_CODES.map((edition) => tagOf.group(edition, group));
