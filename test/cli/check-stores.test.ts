import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { findOut } from '../../src/cli/finding.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { OUTLET_TOKEN, outletStory, startGraphOutlet, type GraphOutlet } from '../support/graph-outlet.ts';
import { makeFolder, runMasthead } from '../support/run-masthead.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const edition = (code: string, store: string): string =>
  `  - { code: ${code}, name: News, language: ${code}, timeZone: UTC, store: ${store} }\n`;

describe('masthead check, of stores', () => {
  let outlet: GraphOutlet;
  let databases: readonly Awaited<ReturnType<typeof createPostgresTestUrl>>[];
  const cwd = makeFolder();
  beforeAll(async () => {
    [outlet, ...databases] = await Promise.all([startGraphOutlet(), createPostgresTestUrl(), createPostgresTestUrl()]);
    outlet.save(outletStory(1), outletStory(2));
  });
  afterAll(async () => {
    await outlet.close();
    for (const { drop } of databases) await drop();
  });

  const check = async (stores: string, editions: string, variables: Readonly<Record<string, string>> = {}) => {
    writeFileSync(join(cwd, 'newsroom.yaml'), `stores:\n${stores}\neditions:\n${editions}`);
    const own = databases[0]?.url ?? '';
    const settings = { MASTHEAD_CONFIG: 'newsroom.yaml', DATABASE_URL: own, ...variables };
    const { exitStatus, stdout, stderr } = await runMasthead(['check'], { cwd, variables: settings }).ended;
    expect(stderr).toBe('');
    expect(stdout).not.toContain(OUTLET_TOKEN);
    expect(stdout).not.toContain(new URL(own).password);
    expect(stdout).not.toContain('a-secret-word');
    return { exitStatus, lines: stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | ')) };
  };

  it('asks each of them and says which editions it holds', async () => {
    const { exitStatus, lines } = await check(
      `  desk:\n    kind: postgres\n    url: \${env.DESK}\n  outlet:\n${outlet.yaml}`,
      `${edition('en', 'desk')}${edition('ar', 'main')}${edition('es', 'outlet')}`,
      { DESK: databases[1]?.url ?? '' },
    );
    expect(lines).toEqual([
      'configuration | ok | newsroom.yaml: EN, AR, ES',
      expect.stringMatching(/^database \| ok \| PostgreSQL \d+.*, by DATABASE_URL$/),
      'edition AR | ok | 0 articles, 0 sections',
      'edition ES | ok | 0 articles, 0 sections, indexed from outlet',
      expect.stringMatching(/^store desk \| ok \| EN: PostgreSQL \d+.*, tables up to date, 0 articles$/),
      'store outlet | ok | ES: GraphQL, 2 stories, 2 sections, 2 tags, 1 authors',
      '',
    ]);
    expect(exitStatus).toBe(0);
  }, 60_000);

  it('says what is wrong with each, in words that help, and fails', async () => {
    const refused = new URL(databases[1]?.url ?? '');
    refused.password = 'a-secret-word';
    const { exitStatus, lines } = await check(
      `  gone: { kind: postgres, url: "postgres://u:a-secret-word@127.0.0.1:${await pickFreePort()}/desk" }
  refused: { kind: postgres, url: "${refused.href}" }
  outlet:\n${outlet.yaml.replace(OUTLET_TOKEN, 'a-secret-word')}`,
      `${edition('en', 'gone')}${edition('ar', 'refused')}${edition('es', 'outlet')}`,
    );
    expect(lines.filter((line) => line.includes('failed'))).toEqual([
      'store gone | failed | EN: it did not answer (ECONNREFUSED)',
      'store refused | failed | AR: it refuses the user or the password',
      'store outlet | failed | ES: asked with the document "taxonomy", it answered 401: (secret) may not',
    ]);
    expect(exitStatus).toBe(1);
  }, 60_000);

  it('says of a database without our tables that a start makes them, and makes none itself', async () => {
    const bare = new URL(databases[1]?.url ?? '');
    const database = createPostgresDatabase({ url: bare.href });
    await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const { exitStatus, lines } = await check(`  desk: { kind: postgres, url: "${bare.href}" }`, edition('en', 'desk'));
    expect(lines).toContainEqual(
      expect.stringMatching(/^store desk \| ok \| EN: PostgreSQL \d+.*, no tables yet: the next start makes them$/),
    );
    expect(exitStatus).toBe(0);
    expect(await database.query(`SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
    await database.close();
  }, 60_000);
});

describe('findOut', () => {
  it('does not wait for what hangs', async () => {
    const hanging = new Promise<never>(() => undefined);
    expect(await findOut('store desk', () => hanging, 10)).toEqual({
      part: 'store desk',
      state: 'failed',
      detail: 'it did not answer within 0.01 s',
    });
  });

  it('gives the reason of what fails', async () => {
    const failing = () => Promise.reject(new Error('no disk'));
    expect(await findOut('store desk', failing)).toEqual({ part: 'store desk', state: 'failed', detail: 'no disk' });
  });
});
