import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import type { Database } from '../../src/database/database.ts';
import { StoreError } from '../../src/errors.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createRecordingLogger } from './recording-logger.ts';

const { logger, next } = createRecordingLogger();
let database: Database;
let app: App;
let isAway = false;

/** The database, as long as it is not away. */
const createFaultyDatabase = (real: Database): Database => {
  const refuse = (): Promise<never> => Promise.reject(new StoreError('postgres', 'STORE_FAILED'));
  return {
    ...real,
    query: (...statement) => (isAway ? refuse() : real.query(...statement)),
    transaction: (...work) => (isAway ? refuse() : real.transaction(...work)),
  };
};

beforeAll(async () => {
  database = await createTestDatabase('postgres');
  app = await createApp(createTestConfig(), createFaultyDatabase(database), { logger });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const ask = async (url: string): Promise<readonly [number, unknown]> => {
  const response = await app.server.inject({ url });
  expect(response.headers['cache-control']).toBe('no-store');
  return [response.statusCode, response.json()];
};

describe('GET /readyz', () => {
  it('is 503 until the change log was read for the first time, while /healthz is well', async () => {
    expect(await ask('/readyz')).toEqual([503, { status: 'starting' }]);
    expect(await ask('/healthz')).toEqual([200, { status: 'ok' }]);
    await app.start();
    expect(await ask('/readyz')).toEqual([200, { status: 'ready', stores: { postgres: 'ok' } }]);
  });

  it('goes on to be 200 while the database is away, naming it, and says when it is back', async () => {
    const lost = next('the change log cannot be read: nothing kept is trusted');
    isAway = true;
    await lost;
    expect(await ask('/readyz')).toEqual([200, { status: 'degraded', stores: { postgres: 'failed' } }]);
    expect(await ask('/healthz')).toEqual([200, { status: 'ok' }]);
    const found = next('the change log is read again');
    isAway = false;
    await found;
    expect(await ask('/readyz')).toEqual([200, { status: 'ready', stores: { postgres: 'ok' } }]);
  });
});
