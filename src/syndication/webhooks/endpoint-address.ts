import { isIP } from 'node:net';
import { GatewayError } from '../../errors.ts';
import type { AddressGuard } from '../../outbound/address-guard.ts';

const LONGEST_ADDRESS = 2_000;

/**
 * An endpoint's address, as it will be asked. What a name leads to is decided anew at every delivery.
 *
 * @param isPlainAllowed whether there is any network that is reached without TLS.
 * @throws {GatewayError} BAD_USER_INPUT when nothing could ever be delivered there.
 */
export const parseEndpointAddress = (text: string, guard: AddressGuard, isPlainAllowed: boolean): string => {
  const refuse = (reason: string): GatewayError =>
    new GatewayError('BAD_USER_INPUT', `The endpoint’s address ${reason}`);
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || text.length > LONGEST_ADDRESS)
    throw refuse('must be one such as https://radio.example/hooks');
  const isEncrypted = url.protocol === 'https:';
  if (!isEncrypted && !isPlainAllowed)
    throw refuse('must begin with https:// (http:// only within WEBHOOK_ALLOW_NETWORKS)');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 && !guard.allows(host, isEncrypted))
    throw refuse('is not of the public internet, nor within WEBHOOK_ALLOW_NETWORKS');
  url.hash = '';
  return url.href;
};
