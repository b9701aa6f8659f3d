import { BlockList, isIP } from 'node:net';

/** The address in `text` and how many of its bits are meant, all where it says nothing; undefined: neither address nor network. */
const readNetwork = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  return prefix > most ? undefined : ({ address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } as const);
};

/** Whether `text` is an address such as `203.0.113.7`, or a network such as `203.0.113.0/24` or `2001:db8::/32`. */
export const isNetwork = (text: string): boolean => readNetwork(text) !== undefined;

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether `address` lies in one of `networks`; an IPv4 address that comes as IPv6 is the same address. */
export const liesIn = (address: string, networks: readonly string[]): boolean => {
  const list = new BlockList();
  for (const text of networks) {
    const network = readNetwork(text);
    if (network !== undefined) list.addSubnet(network.address, network.prefix, network.family);
  }
  const plain = MAPPED.exec(address)?.[1] ?? address.split('%')[0] ?? '';
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
};
