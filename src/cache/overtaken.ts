import { GatewayError } from '../errors.ts';

/** Fills begun again because a withdrawal overtook them; past this the log changes faster than anything can be read. */
export const REFILL_LIMIT = 5;

/** The failure after the last of them. */
export const overtaken = (): GatewayError =>
  new GatewayError('INTERNAL', 'Withdrawals overtook every attempt to make this answer');
