import { isIPv6 } from 'node:net';

/** Who is told apart by an address: an IPv6 customer has 2^64 of them, of which the first half is theirs. */
export const clientOf = (address: string): string => {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return plain;
  // The one way to write it: https://url.spec.whatwg.org/#concept-ipv6-serializer
  const written = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = '', tail] = written.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const between = tail === undefined ? 0 : 8 - groups.length - behind.length;
  const all = [...groups, ...Array.from({ length: between }, () => '0'), ...behind];
  const mapped = all.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  return mapped ? `${toDotted(all[6])}.${toDotted(all[7])}` : `${all.slice(0, 4).join(':')}::`;
};

const toDotted = (group = '0'): string => {
  const number = Number.parseInt(group, 16);
  return `${number >> 8}.${number & 255}`;
};
