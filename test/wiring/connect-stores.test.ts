import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import type { Database } from '../../src/database/database.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { createGuard, type GuardOptions } from '../../src/stores/guarded/guard.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createUpstreamCalls } from '../../src/telemetry/upstream-calls.ts';
import { connectStores, type ConnectedStores } from '../../src/wiring/connect-stores.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';

const FILE = `
stores:
  site: { kind: wordpress, url: "https://site.example/wp-json", deadlineMs: 1234, retries: 2, concurrency: 3, queue: 5,
          breaker: { failures: 7, openMs: 110, longestOpenMs: 1200 } }
  desk: { kind: postgres, url: "postgres://desk.example/desk", poolSize: 4, retries: 3,
          breaker: { failures: 9, openMs: 130, longestOpenMs: 1400 } }
editions:
  - { code: en, name: News, language: en, timeZone: UTC, store: site }
  - { code: ar, name: News, language: ar, timeZone: UTC, store: desk }
  - { code: es, name: News, language: es, timeZone: UTC }
`;

let directory: string;
let database: Database;
let stores: ConnectedStores;
const settings = new Map<string, GuardOptions['settings']>();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'masthead-guards-'));
  const file = join(directory, 'newsroom.yaml');
  writeFileSync(file, FILE);
  database = await createTestDatabase('postgres');
  stores = connectStores({
    config: loadConfig({ variables: { MASTHEAD_CONFIG: file }, demoFile: demoConfigFile }),
    database,
    hookDatabase: database,
    clock: createWoundClock(0),
    logger: createLogger('silent', 'test'),
    metrics: createMetrics(),
    indexedStores: [],
    upstream: createUpstreamCalls(),
    guards: {
      guardOf(options) {
        settings.set(options.name, options.settings);
        return createGuard(options);
      },
      states: () => ({}),
      close: () => undefined,
    },
  });
});
afterEach(async () => {
  await stores.close();
  await database.close();
  rmSync(directory, { recursive: true });
});

it('guards every store as the file says', () => {
  expect(settings.get('site')).toMatchObject({
    deadlineMs: 1234,
    retries: 2,
    concurrency: 3,
    queue: 5,
    breaker: { failures: 7, openMs: 110, longestOpenMs: 1200 },
  });
  expect(settings.get('desk')).toMatchObject({
    deadlineMs: null,
    retries: 3,
    concurrency: 400,
    breaker: { failures: 9, openMs: 130, longestOpenMs: 1400 },
  });
});

it('says of each store what the change log tells of it', () => {
  const toldOf = (edition: EditionCode) => {
    const { told } = stores.storesOf(edition);
    return { articles: told?.articles(), taxonomy: told?.taxonomy() };
  };
  // Of a site's stories nobody knows when they are saved; what they are filed under is ours.
  expect(toldOf('EN')).toEqual({ articles: false, taxonomy: true });
  // Its log was never read.
  expect(toldOf('AR')).toEqual({ articles: false, taxonomy: false });
  expect(toldOf('ES')).toEqual({ articles: true, taxonomy: true });
});
