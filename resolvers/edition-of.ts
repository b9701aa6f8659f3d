import type { Instant } from '../src/clock.ts';
import type { Edition, EditionCode } from '../src/content/edition.ts';
import { editionOf } from '../src/content/editions.ts';
import { formatInZone } from '../src/content/instant.ts';
import type { Context } from './context.ts';

/** An edition has a language, an article may have one of its own, all else has that of its edition. */
type Spoken = Pick<Edition, 'language'> | { readonly edition: EditionCode; readonly language?: string | null };

/**
 * The language of `entity`.
 *
 * @throws {GatewayError} as `editionOf`.
 */
export const languageOf = (entity: Spoken, context: Context): string =>
  'edition' in entity ? (entity.language ?? editionOf(entity, context).language) : entity.language;

/**
 * `entity`, which was asked for by itself: the answer speaks to its readers. What comes with it does not count. A page that
 * names other editions, or lists an article in another language, is for those who read the page.
 */
export const spokenTo = <Entity extends Spoken>(entity: Entity | null, context: Context): Entity | null => {
  if (entity !== null) context.recorder.language(languageOf(entity, context));
  return entity;
};

/** `at` as RFC 3339 in the offset of the edition `content` belongs to. */
export const writeInstant = (at: Instant, content: { readonly edition: EditionCode }, { editions }: Context): string =>
  formatInZone(at, editions.get(content.edition)?.timeZone ?? 'UTC');

/** As `writeInstant`; null for none. */
export const writeOptionalInstant = (
  at: Instant | null,
  content: { readonly edition: EditionCode },
  context: Context,
): string | null => (at === null ? null : writeInstant(at, content, context));
