import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import { createChanges } from '../../src/changes/changes.ts';
import { systemClock } from '../../src/clock.ts';
import type { Database } from '../../src/database/database.ts';
import { putIntoOutbox } from '../changes/outbox.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { answer } from './answer.ts';

let database: Database;
beforeEach(async () => {
  database = await createTestDatabase('postgres');
  await database.query(`CREATE TABLE pages (id text PRIMARY KEY, text text); INSERT INTO pages VALUES ('art', 'one')`);
});
afterEach(() => database.close());

const publish = (text: string, kind: 'UPDATE' | 'KILL' = 'UPDATE', beforeCommit = async () => undefined as void) =>
  database.transaction(async (transaction) => {
    await transaction.query(`UPDATE pages SET text = $1 WHERE id = 'art'`, [text]);
    await putIntoOutbox(transaction, ['article:art'], kind);
    await beforeCommit();
  });

/** A process: its follower and its cache, over the one database. */
const startProcess = async () => {
  const time = { ms: 0 };
  const changes = createChanges({
    database,
    clock: systemClock,
    process: 'test',
    monotonic: () => time.ms,
    wall: () => time.ms,
  });
  await changes.step();
  const cache = createResponseCache({ follower: changes.follower, clock: systemClock, limitBytes: 1_000_000 });
  const read = async (afterwards = async () => undefined as void) => {
    const { entry, state } = await cache.through('page', async () => {
      const [row] = await database.query<{ text: string }>(`SELECT text FROM pages WHERE id = 'art'`);
      await afterwards();
      return answer(row?.text ?? 'gone');
    });
    return { text: entry.body.toString(), state };
  };
  return { ...changes, time, read };
};

describe('through, over the change log on PostgreSQL', () => {
  it('answers from memory until the article has changed', async () => {
    const { read, step } = await startProcess();
    expect(await read()).toEqual({ text: 'one', state: 'filled' });
    expect(await read()).toEqual({ text: 'one', state: 'hit' });
    await publish('two');
    await step();
    expect(await read()).toEqual({ text: 'two', state: 'filled' });
    expect(await read()).toEqual({ text: 'two', state: 'hit' });
  });

  it('does not keep what was read before a change that was committed meanwhile', async () => {
    const { read, step } = await startProcess();
    const gate = createGate();
    const early = read(gate.pass);
    await gate.reached;
    await publish('two');
    await step();
    gate.open();
    expect((await early).text).toBe('one');
    expect(await read()).toEqual({ text: 'two', state: 'filled' });
  });

  it('ends an answer by a change whose transaction began before it was filled and committed after', async () => {
    const { read, step } = await startProcess();
    const gate = createGate();
    const slow = publish('two', 'UPDATE', gate.pass);
    await gate.reached;
    // Another change takes the next outbox id and is committed and applied first.
    await putIntoOutbox(database, ['article:other']);
    await step();
    expect((await read()).text).toBe('one');
    gate.open();
    await slow;
    await step();
    expect(await read()).toEqual({ text: 'two', state: 'filled' });
  });

  it('sends nobody what a takedown overtook', async () => {
    const { read, step } = await startProcess();
    const gate = createGate();
    const early = read(gate.pass);
    await gate.reached;
    await publish('taken down', 'KILL');
    await step();
    gate.open();
    expect((await early).text).toBe('taken down');
  });

  it('is true in every process once its follower has applied the change', async () => {
    const [one, two] = [await startProcess(), await startProcess()];
    await Promise.all([one.read(), two.read()]);
    await publish('two');
    await one.step();
    await two.step();
    expect([(await one.read()).text, (await two.read()).text]).toEqual(['two', 'two']);
  });

  it('reads the log before it answers anything when its lease has run out', async () => {
    const { read, time } = await startProcess();
    await read();
    time.ms = 2_001;
    await publish('two');
    // The log is waited for, however late it is.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const first = await read().finally(() => vi.useRealTimers());
    expect(first).toEqual({ text: 'two', state: 'filled' });
    expect(await read()).toEqual({ text: 'two', state: 'hit' });
  });

  it('forgets what it made over a log that was replaced', async () => {
    const { read, step } = await startProcess();
    await publish('one');
    await step();
    await read();
    await database.query(`TRUNCATE change_log; UPDATE pages SET text = 'restored'`);
    await database.query('UPDATE change_log_head SET epoch = gen_random_uuid(), sequence = 0');
    await step();
    expect(await read()).toEqual({ text: 'restored', state: 'filled' });
  });
});
