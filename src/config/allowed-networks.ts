import { isIP } from 'node:net';
import { z } from 'zod';

/** A range of addresses, as an operator names it: `10.0.0.0/8`. */
export interface AllowedNetwork {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

const BITS = { 4: 32, 6: 128 } as const;

/** An address alone is a network of one. */
const parseNetwork = (text: string): AllowedNetwork | undefined => {
  const [address = '', prefix, ...rest] = text.trim().split('/');
  const version = isIP(address);
  if (version !== 4 && version !== 6) return undefined;
  const bits = BITS[version];
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  if (rest.length > 0 || !isPrefix) return undefined;
  return { address, prefix: Number(prefix ?? bits), family: version === 4 ? 'ipv4' : 'ipv6' };
};

/** Networks such as `10.0.0.0/8, fd00::/8`, separated by commas. */
export const allowedNetworks = z.string().transform((text, context): readonly AllowedNetwork[] => {
  const networks = text.split(',').map(parseNetwork);
  const isWhole = networks.every((network) => network !== undefined);
  if (!isWhole) context.addIssue('must be networks such as 10.0.0.0/8 or fd00::/8, separated by commas');
  return isWhole ? networks : z.NEVER;
});
