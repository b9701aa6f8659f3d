import type { Draft } from '../foreign/placing.ts';
import type { JsonField } from '../foreign/json-item.ts';
import { writeDate } from '../foreign/parse-date.ts';
import { LineError } from '../line-error.ts';
import { takeDate, takeShortened } from './ninjs-values.ts';

// As the import document has them.
const MAX_TERMS_LETTERS = 2_000;
const MAX_HOLDER_LETTERS = 300;

const takeTerms = (item: JsonField): string | undefined => {
  const fields = [item.get('usageTerms'), item.get('copyrightNotice')];
  const terms = fields
    .map((field) => field.take('rights.usageTerms')?.replace(/\s+/gu, ' ').trim())
    .filter((term) => term !== undefined)
    .join(' ');
  // Half of what may be done with a story could be the wrong half.
  if (terms.length > MAX_TERMS_LETTERS)
    throw new LineError(
      `usageTerms and copyrightNotice: together more than ${MAX_TERMS_LETTERS.toLocaleString('en')} letters, and terms are not cut`,
    );
  return terms === '' ? undefined : terms;
};

/**
 * What may be done with the item. `embargoed` is what ninjs 1 calls an embargo: whoever says so means it, in any version,
 * and the later of two counts.
 *
 * @throws {LineError} when an embargo or expiry is no date, or the terms are too long.
 */
export const takeRights = (item: JsonField): NonNullable<Draft['fields']['rights']> => {
  const usageTerms = takeTerms(item);
  const holder = takeShortened(item.get('copyrightHolder'), 'rights.holder', MAX_HOLDER_LETTERS);
  const embargoes = [item.get('embargoedUntil'), item.get('embargoed')].flatMap(
    (field) => takeDate(field, 'rights.embargoedUntil') ?? [],
  );
  const expiresAt = takeDate(item.get('expires'), 'rights.expiresAt');
  return {
    ...(usageTerms === undefined ? {} : { usageTerms }),
    ...(holder === undefined ? {} : { holder }),
    ...(embargoes.length === 0 ? {} : { embargoedUntil: writeDate(Math.max(...embargoes)) }),
    ...(expiresAt === undefined ? {} : { expiresAt: writeDate(expiresAt) }),
  };
};
