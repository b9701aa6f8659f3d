import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { loadConfig, type Config } from '../../src/config/load.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import type { Parts } from '../../src/wiring/parts.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createPostgresTestUrl, createTestDatabase } from '../support/test-database.ts';

/** The demo newsroom by configuration: its Arabic edition lives in `beirut`, another PostgreSQL, the others in the gateway's own. */
export interface TwoDatabases {
  readonly own: Database;
  /** Past the wire. */
  readonly beirut: Database;
  /** Between gateways and `beirut`. */
  readonly wire: TcpProxy;
  /** Starts a gateway over both, as `variables` say besides. */
  open(variables?: Readonly<Record<string, string>>, swap?: Partial<Parts>): Promise<App>;
  close(): Promise<void>;
}

/** Of the Arabic edition, in the file of the demo newsroom. */
const ARABIC = /^ {2}- code: ar$/m;

const configure = (url: string, variables: Readonly<Record<string, string>>): Config => {
  const directory = mkdtempSync(join(tmpdir(), 'masthead-two-databases-'));
  try {
    const file = join(directory, 'newsroom.yaml');
    const newsroom = readFileSync(demoConfigFile, 'utf8').replace(ARABIC, '  - code: ar\n    store: beirut');
    writeFileSync(file, `${newsroom}\nstores:\n  beirut: { kind: postgres, url: "\${env.BEIRUT}" }\n`);
    const own = { PORT: '0', HOST: '127.0.0.1', PUBLIC_URL: 'https://news.example', LOG_LEVEL: 'silent' };
    return loadConfig({
      variables: { ...own, MASTHEAD_CONFIG: file, BEIRUT: url, ...variables },
      demoFile: demoConfigFile,
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
};

/** Both databases hold the demo newsroom, with its counters, as of `clock`. */
export const openTwoDatabases = async (clock: Clock): Promise<TwoDatabases> => {
  const [own, away] = await Promise.all([createTestDatabase('postgres'), createPostgresTestUrl()]);
  const beirut = createPostgresDatabase({ url: away.url });
  const wire = await startTcpProxy(away.url);
  const { editions } = configure(wire.url, {});
  await Promise.all([own, beirut].map((database) => loadDemo(database, editions, clock)));
  return {
    own,
    beirut,
    wire,
    async open(variables = {}, swap = {}) {
      const app = await createApp(configure(wire.url, variables), own, { clock, ...swap });
      await app.start();
      return app;
    },
    async close() {
      await Promise.all([own.close(), beirut.close(), wire.close()]);
      await away.drop();
    },
  };
};
