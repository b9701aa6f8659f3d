import { createApp, type App } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { loadConfig, type Config } from '../../src/config/load.ts';
import type { Database } from '../../src/database/database.ts';
import { demoConfigFile, demoPicturesDirectory } from '../../src/demo/demo-files.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { systemClock } from '../../src/clock.ts';
import type { Parts } from '../../src/wiring/parts.ts';
import { createTestDatabase, type DatabaseKind } from './test-database.ts';

export interface TestAppOptions {
  readonly kind?: DatabaseKind;
  /** Environment variables beside the tests' own. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Also the time the demo newsroom is loaded at. */
  readonly clock?: Clock;
  readonly swap?: Partial<Parts>;
  /** Default: the demo newsroom is loaded. */
  readonly isEmpty?: boolean;
  readonly observe?: (statement: string) => void;
}

export interface TestApp extends App {
  readonly config: Config;
  readonly database: Database;
}

/** The configuration of the demo newsroom with `variables`; without the probe, which makes a hit again every so often. */
export const createTestConfig = (variables: Readonly<Record<string, string>> = {}): Config =>
  loadConfig({
    variables: {
      PORT: '0',
      PUBLIC_URL: 'https://news.example',
      LOG_LEVEL: 'silent',
      PROBE_SECONDS: '0',
      ...variables,
    },
    demoFile: demoConfigFile,
  });

/** A whole gateway over a fresh database, following its change log, not listening: `server.inject` sends it requests. */
export const createTestApp = async ({
  kind = 'postgres',
  variables = {},
  clock = systemClock,
  swap = {},
  isEmpty = false,
  observe,
}: TestAppOptions = {}): Promise<TestApp> => {
  const config = createTestConfig(variables);
  const database = await createTestDatabase(kind, observe === undefined ? {} : { observe });
  if (!isEmpty) await loadDemo(database, config.editions, clock);
  const app = await createApp(config, database, { clock, mediaDirectory: demoPicturesDirectory, ...swap });
  await app.changes.start();
  await app.server.ready();
  return {
    ...app,
    config,
    database,
    close: async () => {
      await app.close();
      await database.close();
    },
  };
};
