import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../scripts/find-programs.ts';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { openLink, PATIENT } from './open-link.ts';
import { startOwnRedis, type OwnRedis } from './own-redis.ts';

const openssl = findProgram(['openssl']);
let directory: string;
let redis: OwnRedis;
let url: string;

beforeAll(async () => {
  if (openssl === undefined) return;
  directory = mkdtempSync(join(tmpdir(), 'masthead-tls-'));
  const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')];
  execFileSync(
    openssl,
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'].concat([
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      key,
      '-out',
      certificate,
    ]),
    { stdio: 'ignore' },
  );
  redis = await startOwnRedis();
  await redis.tell('CONFIG', 'SET', 'tls-cert-file', certificate, 'tls-key-file', key, 'tls-ca-cert-file', certificate);
  await redis.tell('CONFIG', 'SET', 'tls-auth-clients', 'no');
  const tlsPort = await pickFreePort('127.0.0.1');
  await redis.tell('CONFIG', 'SET', 'tls-port', String(tlsPort));
  url = `rediss://localhost:${tlsPort}`;
});
afterAll(async () => {
  await redis?.close();
  if (directory !== undefined) rmSync(directory, { recursive: true });
});

/** Whether a process that trusts these authorities, beside Node's own, gets through to `url`. */
const isUpFor = (authorities: string): boolean => {
  const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const { createRedis } = await import(${module('../../src/redis/create-redis.ts')});
    const { parseRedisAddress } = await import(${module('../../src/config/redis-address.ts')});
    const ignore = () => undefined;
    const redis = createRedis({
      address: parseRedisAddress(${JSON.stringify(url)}),
      ...${JSON.stringify(PATIENT)},
      observe: { called: ignore, stateChanged: ignore, writesChanged: ignore },
    });
    await redis.settled;
    redis.set('key', Buffer.from('value'), 60_000);
    console.log(String(await redis.get('key')));
    redis.close();`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: authorities },
    encoding: 'utf8',
  });
  return said === 'value\n';
};

describe('createRedis, by rediss://', () => {
  it('gets through to a server whose authority is trusted', ({ skip }) => {
    skip(openssl === undefined, 'there is no openssl to make a certificate with');
    expect(isUpFor(join(directory, 'certificate.pem'))).toBe(true);
  });

  it('tells nothing to a server whose authority is not', async ({ skip }) => {
    skip(openssl === undefined, 'there is no openssl to make a certificate with');
    const { link, told } = await openLink(url, PATIENT);
    expect([link.isUp(), told]).toEqual([false, ['down: DEPTH_ZERO_SELF_SIGNED_CERT']]);
  });
});
