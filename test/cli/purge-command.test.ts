import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import { runPurge } from '../../src/cli/purge-command.ts';
import type { Database } from '../../src/database/database.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { hear } from './hear.ts';

const tags = [
  { tag: 'live:en', edition: 'EN' },
  { tag: 'list:ar:all', edition: 'AR' },
] as const;
const now = Date.UTC(2026, 10, 23, 12);

describe('masthead purge', () => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase('postgres');
    await database.query(`UPDATE change_log_head SET epoch_since = now() - interval '1 hour'`);
  });
  afterEach(() => database.close());

  const changes = () => database.query('SELECT kind, article_id, edition, tags, is_soft FROM change_log');

  it('records one change of all tags and says when nobody answers from before', async () => {
    const terminal = hear();
    expect(await runPurge(createAppender({ database }), { tags, isSoft: false, now }, terminal)).toBe(0);
    expect(terminal.said).toEqual([
      expect.stringMatching(/^Recorded as change 1: nobody answers from before it any more, after \d+ ms$/) as string,
    ]);
    expect(terminal.complained).toEqual([]);
    expect(await changes()).toEqual([
      {
        kind: 'PURGE',
        article_id: null,
        edition: null,
        tags: ['live:en', 'list:ar:all', 'lists:ar:all'],
        is_soft: false,
      },
    ]);
  });

  it('fails, with their names, while somebody may still answer from before', async () => {
    await database.query(
      `INSERT INTO lapsed (life, process, until) VALUES (gen_random_uuid(), 'west-1', '2126-11-23T12:05:00Z')`,
    );
    const terminal = hear();
    expect(await runPurge(createAppender({ database }), { tags, isSoft: false, now }, terminal)).toBe(1);
    expect(terminal.said).toEqual(['Recorded as change 1']);
    expect(terminal.complained).toEqual(['west-1 may answer from before until 2126-11-23T12:05:00.000Z']);
  });

  it('waits for nobody when it is soft, and does not say gone', async () => {
    await database.query(
      `INSERT INTO leases (life, process, applied, renewal, degraded_seconds)
       VALUES (gen_random_uuid(), 'slow-1', 0, gen_random_uuid(), 300)`,
    );
    const terminal = hear();
    expect(await runPurge(createAppender({ database }), { tags, isSoft: true, now }, terminal)).toBe(0);
    expect(terminal.said).toEqual([
      'Recorded as change 1: the old may be served for SOFT_SECONDS while the new is made',
    ]);
    expect(await changes()).toMatchObject([{ is_soft: true }]);
    expect(await database.query('SELECT process FROM leases')).toEqual([{ process: 'slow-1' }]);
  });

  it('says in one line that it is not known to be recorded', async () => {
    await database.query('ALTER TABLE change_log RENAME TO change_log_away');
    await expect(runPurge(createAppender({ database }), { tags, isSoft: false, now }, hear())).rejects.toMatchObject({
      message: 'The change is not known to be recorded: run the command again',
      exitStatus: 1,
    });
  });

  it('says under which number it is recorded when nobody can tell who has taken it in', async () => {
    await database.query('ALTER TABLE lapsed RENAME TO lapsed_away');
    await expect(runPurge(createAppender({ database }), { tags, isSoft: false, now }, hear())).rejects.toMatchObject({
      message: 'Recorded as change 1, but whether every process has taken it in cannot be told: run the command again',
      exitStatus: 1,
    });
  });
});
