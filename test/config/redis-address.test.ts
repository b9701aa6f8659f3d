import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config/load.ts';
import { parseRedisAddress } from '../../src/config/redis-address.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';

describe('parseRedisAddress', () => {
  it.each([
    ['redis://localhost', { nodes: [{ host: 'localhost', port: 6379 }], database: 0, isTls: false }],
    ['redis://localhost:80/', { nodes: [{ host: 'localhost', port: 80 }], database: 0, isTls: false }],
    [
      'rediss://reader:p%40ss%3Aword@cache.example:6380/3',
      {
        nodes: [{ host: 'cache.example', port: 6380 }],
        username: 'reader',
        password: 'p@ss:word',
        database: 3,
        isTls: true,
      },
    ],
    ['redis://:only@[::1]:7000', { nodes: [{ host: '::1', port: 7000 }], password: 'only', database: 0, isTls: false }],
    [
      'redis://:pass@a.example:7000,b.example,10.0.0.3:7002',
      {
        nodes: [
          { host: 'a.example', port: 7000 },
          { host: 'b.example', port: 6379 },
          { host: '10.0.0.3', port: 7002 },
        ],
        password: 'pass',
        database: 0,
        isTls: false,
      },
    ],
  ])('reads %s', (text, address) => {
    expect(parseRedisAddress(text)).toEqual(address);
  });

  it.each([
    'localhost:6379',
    'http://localhost',
    'redis://',
    'redis://:pass@',
    'redis://host:port',
    'redis://host:99999',
    'redis://host/first',
    'redis://host/1/2',
    'redis://host?tls=true',
    'redis://:%E0%A4%A@host',
    'redis://a,b/1',
    'redis://a,,b',
  ])('does not take %s', (text) => {
    expect(parseRedisAddress(text)).toBe(undefined);
  });
});

describe('REDIS_URL', () => {
  it('says what is wrong with it without a word of it', () => {
    const load = (): unknown =>
      loadConfig({ variables: { REDIS_URL: 'redis://:very-secret@host:port' }, demoFile: demoConfigFile });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/REDIS_URL: must be a URL such as redis:/);
    expect(load).not.toThrow(/very-secret/);
  });
});
