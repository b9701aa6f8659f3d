import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPostgresFolder } from '../../../scripts/find-programs.ts';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import type { Database } from '../../../src/database/database.ts';
import { startPostgres } from '../../support/services.ts';
import { fillArchive, type FilledArchive } from './fill-archive.ts';

/** A PostgreSQL that nobody else uses. */
export interface BenchPostgres {
  /** E.g. `PostgreSQL 15.14`. */
  readonly version: string;
  /** A database of its own that holds an archive of `articles`. */
  archiveOf(articles: number): Promise<FilledArchive>;
  stop(): Promise<void>;
}

/** As an operator would give a machine with this much memory. */
const SETTINGS = { shared_buffers: '1GB', effective_cache_size: '4GB', max_wal_size: '8GB' };

/** PostgreSQL counts statements if it can. */
const counting = (): Readonly<Record<string, string>> => {
  const library = join(findPostgresFolder() ?? '', '../lib/pg_stat_statements.so');
  return existsSync(library) ? { shared_preload_libraries: 'pg_stat_statements' } : {};
};

/** Starts it, on the core that servers leave free where the caller has gone there. */
export const startBenchPostgres = async (): Promise<BenchPostgres> => {
  const postgres = await startPostgres({ ...SETTINGS, ...counting() });
  const server = createPostgresDatabase({ url: postgres.url });
  const open: Database[] = [server];
  const stop = async (): Promise<void> => {
    for (const database of open) await database.close();
    await postgres.stop();
  };
  try {
    const [row] = await server.query<{ readonly version: string }>(
      "SELECT 'PostgreSQL ' || current_setting('server_version') AS version",
    );
    return {
      version: row?.version ?? 'PostgreSQL',
      async archiveOf(articles) {
        const address = new URL(postgres.url);
        address.pathname = `/archive_${articles}`;
        await server.query(`CREATE DATABASE archive_${articles}`);
        const filled = await fillArchive(address.href, articles);
        open.push(filled.database);
        return filled;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
