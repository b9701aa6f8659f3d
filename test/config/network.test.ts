import { describe, expect, it } from 'vitest';
import { isNetwork, liesIn } from '../../src/config/network.ts';

describe('isNetwork', () => {
  it.each(['203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '2001:db8::1', '2001:db8::/32', '::/0'])('%s', (text) =>
    expect(isNetwork(text)).toBe(true),
  );
  it.each(['', 'partner.example', '203.0.113.0/33', '203.0.113.0/', '203.0.113/24', '2001:db8::/129', '1.2.3.4/8/8'])(
    'not %s',
    (text) => expect(isNetwork(text)).toBe(false),
  );
});

describe('liesIn', () => {
  const networks = ['203.0.113.0/24', '198.51.100.9', '2001:db8::/32'];
  it.each(['203.0.113.255', '198.51.100.9', '2001:db8:1::1', '::ffff:203.0.113.7'])('%s', (address) =>
    expect(liesIn(address, networks)).toBe(true),
  );
  it.each(['203.0.114.1', '198.51.100.10', '2001:db9::1', '::ffff:198.51.100.10', 'nonsense', ''])(
    'not %s',
    (address) => expect(liesIn(address, networks)).toBe(false),
  );
});
