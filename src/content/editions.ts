import { GatewayError } from '../errors.ts';
import { createLocator, type Located } from './addresses.ts';
import type { Edition, EditionCode } from './edition.ts';

/** The desks of this gateway, as configured. */
export interface Editions {
  /** In display order. */
  readonly all: readonly Edition[];
  /** Undefined: this gateway does not serve it. */
  get(code: EditionCode): Edition | undefined;
  /** Whose address a URL is; null for a foreign one. */
  locate(url: string): Located | null;
}

/** The desks `all`, in display order. */
export const createEditions = (all: readonly Edition[]): Editions => ({
  all,
  get: (code) => all.find((edition) => edition.code === code),
  locate: createLocator(all),
});

/**
 * The configured edition of something that was read.
 *
 * @throws {GatewayError} INTERNAL when a store holds content of an edition that the configuration leaves out.
 */
export const editionOf = (
  { edition }: { readonly edition: EditionCode },
  { editions }: { readonly editions: Editions },
): Edition => {
  const configured = editions.get(edition);
  if (configured === undefined) throw new GatewayError('INTERNAL', `The edition ${edition} is not configured`);
  return configured;
};
