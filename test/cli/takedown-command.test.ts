import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import { runTakedown, type TakedownRequest } from '../../src/cli/takedown-command.ts';
import { idOf } from '../../src/content/ids.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { createGate } from '../support/gate.ts';
import { testEditions } from '../support/import-lines.ts';
import { articleLine, createIngestRig, RIG_START, sections, type IngestRig } from '../support/ingest-rig.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';
import { hear } from './hear.ts';

const article = idOf.article('EN', 'cms', '1');
const elsewhere = idOf.article('AR', 'elsewhere', '1');

describe('masthead takedown', () => {
  let url: string;
  let database: Database;
  let drop: () => Promise<void>;
  let rig: IngestRig;
  beforeEach(async () => {
    ({ url, drop } = await createPostgresTestUrl());
    database = createPostgresDatabase({ url, statementTimeoutMs: 60_000 });
    await database.query(`UPDATE change_log_head SET epoch_since = now() - interval '1 hour'`);
    rig = createIngestRig(database);
    await rig.run([...sections, articleLine('1')]);
  });
  afterEach(async () => {
    await database.close();
    await drop();
  });

  const run = async (request: Partial<TakedownRequest> = {}, own = database) => {
    const terminal = hear();
    const dependencies = {
      database: own,
      appender: createAppender({ database: own }),
      editions: testEditions,
      now: RIG_START + 60_000,
    };
    const exitStatus = await runTakedown(dependencies, { article, lift: false, ...request }, terminal);
    return { exitStatus, said: terminal.said, complained: terminal.complained };
  };
  /** The same, which soon gives up what it waits for. */
  const runHurried = async (request: Partial<TakedownRequest>) => {
    const hurried = createPostgresDatabase({ url, statementTimeoutMs: 2_000 });
    try {
      return await run(request, hurried);
    } finally {
      await hurried.close();
    }
  };
  const tombstones = async () =>
    (await database.query('SELECT article_id, paths FROM tombstones')) as readonly unknown[];
  const acknowledged = /^Recorded as change \d+: nobody answers from before it any more, after \d+ ms$/;

  it.each([
    ['its id', article],
    ['its address', 'https://news.example/en/news/politics/story-1/?ref=home'],
    ['edition and slug', 'EN:story-1'],
  ])('hides an article named by %s, and takes it out of lists and counts', async (_what, locator) => {
    expect(await run({ article: locator })).toEqual({
      exitStatus: 0,
      said: [`${article} "Story 1" is taken down`, expect.stringMatching(acknowledged) as string],
      complained: [],
    });
    expect(await tombstones()).toEqual([{ article_id: article, paths: ['news/politics/story-1'] }]);
    expect((await rig.article('1'))['withdrawn_at']).not.toBeNull();
    expect(await database.query('SELECT FROM outbox')).toEqual([]);
  });

  it('says so when it is taken down already, and is lifted the same way', async () => {
    await run();
    expect(await run()).toMatchObject({
      exitStatus: 0,
      said: [`${article} "Story 1" is taken down, as it was before`, {}],
    });
    expect(await run({ article: 'en:story-1', lift: true })).toMatchObject({
      exitStatus: 0,
      said: [`${article} "Story 1" is no longer taken down`, {}],
    });
    expect(await tombstones()).toEqual([]);
    expect((await rig.article('1'))['withdrawn_at']).toBeNull();
  });

  it('says that an article stays gone which its publishing system has withdrawn', async () => {
    await rig.run([articleLine('1', { withdrawnAt: '2026-11-22T08:00:00Z' })]);
    await run();
    const { said } = await run({ lift: true });
    expect(said).toContain('It stays gone: its publishing system has withdrawn it');
  });

  it('hides an article of another store by its id', async () => {
    expect(await run({ article: elsewhere })).toMatchObject({
      exitStatus: 0,
      said: [`${elsewhere} is not in the gateway’s own store: it is hidden whatever its store says`, {}],
    });
    expect(await tombstones()).toEqual([{ article_id: elsewhere, paths: [] }]);
    await run({ article: elsewhere, lift: true });
    expect(await tombstones()).toEqual([]);
  });

  it.each([
    ['a malformed id', 'art_en_1', 2, /^Malformed id/],
    ['words', 'the story', 2, /names no article: give its id, its address, or edition:slug$/],
    ['a foreign address', 'https://elsewhere.example/en/story-1', 2, /is not an address of any edition/],
  ])('refuses %s as bad usage', async (_what, locator, exitStatus, message) => {
    await expect(run({ article: locator })).rejects.toMatchObject({
      exitStatus,
      message: expect.stringMatching(message) as string,
    });
  });

  it('says that there is no such article', async () => {
    await expect(run({ article: 'en:nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(run({ article: 'art_fr_00000000000000000000' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await tombstones()).toEqual([]);
  });

  it('hides an article at once though an import holds it, and asks to be run again', async () => {
    const gate = createGate();
    const held = database.transaction(async (transaction) => {
      await transaction.query('SELECT FROM articles WHERE id = $1 FOR UPDATE', [article]);
      await gate.pass();
    });
    await gate.reached;
    const { exitStatus, complained } = await runHurried({ article: 'en:story-1' });
    gate.open();
    await held;
    expect(exitStatus).toBe(1);
    expect(complained).toEqual([
      `An import holds ${article}: it is hidden, but its row is as it was. Run the command again when the import has ended`,
    ]);
    expect(await tombstones()).toEqual([{ article_id: article, paths: ['news/politics/story-1'] }]);
    expect(await run()).toMatchObject({ exitStatus: 0 });
    expect((await rig.article('1'))['withdrawn_at']).not.toBeNull();
  });
});
