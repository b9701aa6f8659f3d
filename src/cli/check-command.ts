import { systemClock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Database } from '../database/database.ts';
import { createRedis } from '../redis/create-redis.ts';
import { openConfigured, readConfig } from './configure.ts';
import { findLostSections } from './check-plans.ts';
import { checkStores } from './check-stores.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Finding } from './finding.ts';
import type { Terminal } from './terminal.ts';

const printTable = (findings: readonly Finding[], out: (line: string) => void): void => {
  const width = Math.max(...findings.map(({ part }) => part.length));
  for (const { part, state, detail } of findings) out(`${part.padEnd(width)}  ${state.padEnd(6)}  ${detail}`);
};

const describeDatabase = async (database: Database): Promise<string> => {
  const [row] = await database.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  const where = { postgres: 'by DATABASE_URL', embedded: 'embedded', remote: 'embedded, in the running server' };
  return `PostgreSQL ${row?.version ?? 'of unknown version'}, ${where[database.kind]}`;
};

/** What the gateway's own database holds of each edition; an edition of another PostgreSQL stands there alone. */
const countArticles = async ({ stores }: Config, database: Database): Promise<readonly Finding[]> => {
  const held = stores.filter(({ kind }) => kind !== 'postgres').flatMap(({ editions }) => editions);
  const rows = await database.query<{ edition: string; articles: string; sections: string }>(
    `SELECT e.code AS edition,
            (SELECT count(*) FROM articles a WHERE a.edition = e.code) AS articles,
            (SELECT count(*) FROM sections s WHERE s.edition = e.code) AS sections
       FROM unnest($1::text[]) AS e (code)`,
    [held],
  );
  return rows.map(({ edition, articles, sections }) => {
    const store = stores.find(({ editions }) => editions.some((code) => code === edition));
    const indexed = store === undefined || store.kind === 'main' ? '' : `, indexed from ${store.name}`;
    return { part: `edition ${edition}`, state: 'ok', detail: `${articles} articles, ${sections} sections${indexed}` };
  });
};

const checkDatabase = async (config: Config, terminal: Terminal): Promise<readonly Finding[]> => {
  try {
    const database = await openConfigured(config, 'command', terminal);
    try {
      const detail = await describeDatabase(database);
      return [
        { part: 'database', state: 'ok', detail },
        ...(await countArticles(config, database)),
        ...(await findLostSections(config, database)),
      ];
    } finally {
      await database.close();
    }
  } catch (error) {
    return [{ part: 'database', state: 'failed', detail: error instanceof Error ? error.message : String(error) }];
  }
};

/** Whether Redis answers, if one is configured; without it the gateway serves all the same. */
const checkRedis = async ({ environment: { REDIS_URL: address } }: Config): Promise<readonly Finding[]> => {
  if (address === undefined) return [];
  let reason = '';
  const redis = createRedis({
    address,
    observe: {
      called: () => undefined,
      writesChanged: () => undefined,
      stateChanged: (_, why) => (reason = why),
    },
  });
  try {
    await redis.settled;
    const where = address.nodes.map(({ host, port }) => `${host}:${port}`).join(', ');
    return [
      redis.isUp()
        ? { part: 'redis', state: 'ok', detail: `at ${where}` }
        : { part: 'redis', state: 'failed', detail: `at ${where}: ${reason}` },
    ];
  } finally {
    redis.close();
  }
};

/** `masthead check`: whether this configuration would serve, part by part. */
export const checkCommand = async (terminal: Terminal): Promise<ExitStatus> => {
  const config = readConfig();
  const editions = config.editions.map(({ code }) => code).join(', ');
  const file = config.isDemo ? 'the demo newsroom' : config.environment.MASTHEAD_CONFIG;
  const parts = await Promise.all([
    checkDatabase(config, terminal),
    checkStores(config, systemClock),
    checkRedis(config),
  ]);
  const findings: readonly Finding[] = [
    { part: 'configuration', state: 'ok', detail: `${file}: ${editions}` },
    ...parts.flat(),
  ];
  printTable(findings, terminal.out);
  return findings.every(({ state }) => state === 'ok') ? EXIT.done : EXIT.failed;
};
