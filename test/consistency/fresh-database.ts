import { randomUUID } from 'node:crypto';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';

/** The address of a new, empty database on the server at `serverUrl`. */
export const createFreshDatabase = async (serverUrl: string): Promise<string> => {
  const name = `consistency_${randomUUID().replaceAll('-', '')}`;
  const server = createPostgresDatabase({ url: serverUrl, maxConnections: 1, statementTimeoutMs: 60_000 });
  await server.query(`CREATE DATABASE ${name}`);
  await server.close();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
};
