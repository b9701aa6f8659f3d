import { parseEditionCode, type Edition } from '../content/edition.ts';
import type { Editions } from '../content/editions.ts';
import { GatewayError } from '../errors.ts';

/**
 * The edition that a step of an address names, in either case.
 *
 * @throws {GatewayError} NOT_FOUND, which says what there is.
 */
export const findEdition = (step: string, editions: Editions): Edition => {
  const code = parseEditionCode(step);
  const edition = code && editions.get(code);
  if (edition !== undefined) return edition;
  const known = editions.all.map((one) => one.code.toLowerCase()).join(', ');
  throw new GatewayError('NOT_FOUND', `There is no edition "${step.slice(0, 40)}" here: there are ${known}`);
};
