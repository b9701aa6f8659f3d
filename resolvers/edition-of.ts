import { GatewayError } from '../src/errors.ts';
import type { Instant } from '../src/clock.ts';
import type { Edition, EditionCode } from '../src/content/edition.ts';
import { formatInZone } from '../src/content/instant.ts';
import type { Context } from './context.ts';

/**
 * The configured edition of something that was read; its language counts as content of the answer.
 *
 * @throws {GatewayError} INTERNAL when a store holds content of an edition that the configuration leaves out.
 */
export const editionOf = ({ edition }: { readonly edition: EditionCode }, { editions, recorder }: Context): Edition => {
  const configured = editions.get(edition);
  if (configured === undefined) throw new GatewayError('INTERNAL', `The edition ${edition} is not configured`);
  recorder.language(configured.language);
  return configured;
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
