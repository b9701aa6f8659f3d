import { BlockList, isIP } from 'node:net';

/** A range of addresses. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Where requests to addresses of strangers may go. */
export interface AddressGuard {
  /**
   * Whether a connection to `address` may be opened.
   *
   * @param isEncrypted without TLS only networks that were allowed by name are reached.
   */
  allows(address: string, isEncrypted: boolean): boolean;
}

/** No addresses of the public internet: IANA's special-purpose registry, multicast and what is reserved. RFC 6890, RFC 5771. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** All that is routed at all: loopback, IPv4 written as IPv6, NAT64, unique local, link-local and multicast lie outside. */
const GLOBAL_IPV6 = '2000::/3';

/** Within it: protocols' own (Teredo among them), documentation, and 6to4, which leads to an IPv4 address. */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const toNetwork = (text: string): Network => {
  const [address = '', prefix = ''] = text.split('/');
  return { address, prefix: Number(prefix), family: isIP(address) === 6 ? 'ipv6' : 'ipv4' };
};

const listOf = (networks: readonly Network[]): BlockList => {
  const list = new BlockList();
  for (const { address, prefix, family } of networks) list.addSubnet(address, prefix, family);
  return list;
};

const specialIpv4 = listOf(SPECIAL_IPV4.map(toNetwork));
const globalIpv6 = listOf([toNetwork(GLOBAL_IPV6)]);
const specialIpv6 = listOf(SPECIAL_IPV6.map(toNetwork));

const isPublic = (address: string, family: number): boolean =>
  family === 4
    ? !specialIpv4.check(address, 'ipv4')
    : globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');

/** Lets through addresses of the public internet over TLS, and whatever lies in `allowedNetworks`. */
export const createAddressGuard = (allowedNetworks: readonly Network[] = []): AddressGuard => {
  const allowed = listOf(allowedNetworks);
  return {
    allows(address, isEncrypted) {
      // A zone (`fe80::1%eth0`) says by which interface, not where to.
      const bare = address.split('%')[0] ?? '';
      const family = isIP(bare);
      if (family === 0) return false;
      if (allowed.check(bare, family === 4 ? 'ipv4' : 'ipv6')) return true;
      return isEncrypted && isPublic(bare, family);
    },
  };
};
