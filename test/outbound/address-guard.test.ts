import { describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../src/outbound/address-guard.ts';

const guard = createAddressGuard();

describe('allows', () => {
  it.each(['8.8.8.8', '93.184.215.14', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])(
    'lets %s through over TLS, and not without',
    (address) => {
      expect(guard.allows(address, true)).toBe(true);
      expect(guard.allows(address, false)).toBe(false);
    },
  );

  it.each([
    ['unspecified', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local, the metadata of clouds', '169.254.169.254'],
    ['protocol assignments', '192.0.0.170'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['6to4 relay', '192.88.99.1'],
    ['benchmarks', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped private', '::ffff:10.0.0.1'],
    ['IPv4-mapped public', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64, local', '64:ff9b:1::7f00:1'],
    ['discard', '100::1'],
    ['Teredo', '2001:0:4136:e378::1'],
    ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['unique local', 'fd00::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('refuses %s: %s', (_what, address) => {
    expect(guard.allows(address, true)).toBe(false);
  });

  it('lets through what lies in an allowed network, without TLS too, and nothing beside it', () => {
    const own = createAddressGuard([
      { address: '10.1.0.0', prefix: 16, family: 'ipv4' },
      { address: 'fd12::', prefix: 16, family: 'ipv6' },
    ]);
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', 'fd12::9']) expect(own.allows(address, false)).toBe(true);
    for (const address of ['10.2.0.1', '127.0.0.1', 'fd13::1', '::ffff:10.2.0.1'])
      expect(own.allows(address, true)).toBe(false);
    expect(own.allows('8.8.8.8', true)).toBe(true);
    expect(own.allows('8.8.8.8', false)).toBe(false);
  });
});
