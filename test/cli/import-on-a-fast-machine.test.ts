import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { fastMachine } from '../support/fast-machine.ts';
import { articleLine, sections } from '../support/ingest-rig.ts';
import { makeFolder, runMasthead } from '../support/run-masthead.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe("masthead import on a machine whose clock is ahead of the database's", () => {
  let url: string;
  let drop: () => Promise<void>;
  let database: Database;
  beforeEach(async () => {
    ({ url, drop } = await createPostgresTestUrl());
    database = createPostgresDatabase({ url, maxConnections: 1, statementTimeoutMs: 60_000 });
  });
  afterEach(async () => {
    await database.close();
    await drop();
  });

  /** Imports an article with `fields` on a machine that is so far ahead. */
  const importAhead = async (aheadMs: number, fields: Readonly<Record<string, unknown>>): Promise<void> => {
    const cwd = makeFolder();
    const lines = [...sections, articleLine('1', { publishedAt: '2020-01-01T08:00:00Z', ...fields })];
    writeFileSync(join(cwd, 'content.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const variables = { DATABASE_URL: url, ...fastMachine(aheadMs) };
    const ending = await runMasthead(['import', 'content.ndjson'], { cwd, variables }).ended;
    expect(ending).toEqual({ exitStatus: 0, stdout: '5 new, 0 updated, 0 unchanged\n', stderr: '' });
  };

  const instantsOf = async (table: 'boundaries' | 'schedule'): Promise<readonly string[]> => {
    const rows = await database.query<{ readonly at: Date }>(`SELECT DISTINCT at FROM ${table}`);
    return rows.map(({ at }) => at.toISOString());
  };

  const inTruth = (aheadMs: number): string => new Date(Math.floor((Date.now() + aheadMs) / 1000) * 1000).toISOString();

  it.each([
    ['an expiry in 12 hours, two days ahead', 'expiresAt', 12 * HOUR_MS, 48 * HOUR_MS],
    ['an expiry in 5 minutes, ten minutes ahead', 'expiresAt', 5 * MINUTE_MS, 10 * MINUTE_MS],
    ['the end of an embargo in 12 hours, two days ahead', 'embargoedUntil', 12 * HOUR_MS, 48 * HOUR_MS],
  ])('lists end with %s, and everybody is told', async (_, field, comesInMs, aheadMs) => {
    const at = inTruth(comesInMs);
    await importAhead(aheadMs, { rights: { [field]: at } });
    expect(await instantsOf('boundaries')).toContain(at);
    expect(await instantsOf('schedule')).toEqual([at]);
  });

  it("dates what it changed by the database's clock", async () => {
    await importAhead(48 * HOUR_MS, {});
    const [row] = await database.query(
      `SELECT (SELECT bool_and(occurred_at <= clock_timestamp()) FROM outbox) AS told,
              (SELECT bool_and(updated_at <= clock_timestamp()) FROM articles) AS updated`,
    );
    expect(row).toEqual({ told: true, updated: true });
  });
});
