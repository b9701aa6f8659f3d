import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChangeLog } from '../../src/changes/change-log.ts';
import { createLeases } from '../../src/changes/leases.ts';
import { createAppender } from '../../src/changes/appender.ts';
import { runForget } from '../../src/cli/forget-command.ts';
import { runLog, runNewEpoch } from '../../src/cli/log-command.ts';
import type { Database } from '../../src/database/database.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { hear } from './hear.ts';

const LIFE = '00000000-0000-4000-8000-000000000001';
const CUT_OFF = '00000000-0000-4000-8000-000000000002';

let database: Database;
beforeEach(async () => {
  database = await createTestDatabase('postgres');
});
afterEach(() => database.close());

const lease = async (applied: number) => {
  const leases = createLeases({ database, process: 'east-1', degradedSeconds: 300 });
  await leases.join(LIFE, []);
  const { epoch } = await createChangeLog(database).head();
  await leases.renew(LIFE, epoch, applied);
};
const cutOff = () =>
  database.query(`INSERT INTO lapsed (life, process, until) VALUES ($1, 'west-1', '2126-11-23T12:05:00Z')`, [CUT_OFF]);

describe('masthead log', () => {
  it('says how far the log goes and that nobody follows it', async () => {
    await database.query('UPDATE change_log_head SET sequence = 41');
    const terminal = hear();
    expect(await runLog(database, terminal)).toBe(0);
    const { epoch } = await createChangeLog(database).head();
    expect(terminal.said).toEqual([`epoch  ${epoch}`, 'head   41', '', 'No process follows it']);
  });

  it('says who follows it, who is behind and who is cut off until when', async () => {
    await database.query('UPDATE change_log_head SET sequence = 41');
    await lease(39);
    await cutOff();
    const terminal = hear();
    await runLog(database, terminal);
    expect(terminal.said.slice(3)).toEqual([
      'process  life                                  standing',
      `east-1   ${LIFE}  follows, 2 behind`,
      `west-1   ${CUT_OFF}  cut off, may answer from before until 2126-11-23T12:05:00.000Z`,
    ]);
    await database.query('UPDATE leases SET applied = 41');
    const later = hear();
    await runLog(database, later);
    expect(later.said[4]).toBe(`east-1   ${LIFE}  follows`);
  });
});

describe('masthead log new-epoch', () => {
  it('replaces the epoch, waits until nobody trusts the one before, and names who may', async () => {
    await lease(0);
    const { epoch: old } = await createChangeLog(database).head();
    const terminal = hear();
    let waitedMs = 0;
    // The epoch is young by the database's clock: it is made old once the command has looked at it.
    const wait = async (milliseconds: number): Promise<void> => {
      waitedMs += milliseconds;
      await database.query(`UPDATE change_log_head SET epoch_since = now() - interval '1 hour'`);
    };
    expect(await runNewEpoch(database, createAppender({ database, wait }), terminal)).toBe(1);
    const { epoch } = await createChangeLog(database).head();
    expect(epoch).not.toBe(old);
    expect(waitedMs).toBeGreaterThan(0);
    expect(terminal.said).toEqual([`The epoch is ${epoch}; it was ${old}`, 'The log has begun anew']);
    expect(terminal.complained).toEqual([expect.stringMatching(/^east-1 may answer from before until /)]);
    expect(await database.query('SELECT FROM leases')).toEqual([]);
  });
});

describe('masthead forget', () => {
  it.each([
    ['name', 'west-1'],
    ['life', CUT_OFF],
  ])('forgets a process that was cut off by its %s, and says what that trades', async (_what, name) => {
    await cutOff();
    const terminal = hear();
    expect(await runForget(database, name, terminal)).toBe(0);
    expect(terminal.said[0]).toBe(`${name} is forgotten (life ${CUT_OFF})`);
    expect(terminal.said.join(' ')).toContain('make sure that it has stopped');
    expect(await database.query('SELECT FROM lapsed')).toEqual([]);
  });

  it('fails when nobody of that name was cut off', async () => {
    await cutOff();
    await expect(runForget(database, 'north-1', hear())).rejects.toMatchObject({
      exitStatus: 1,
      message: 'No process that was cut off is called "north-1": masthead log says who there is',
    });
  });

  it('does not take a lease away: whoever holds one may be alive', async () => {
    await lease(0);
    await expect(runForget(database, 'east-1', hear())).rejects.toMatchObject({
      exitStatus: 1,
      message: expect.stringMatching(/^east-1 holds its lease/) as string,
    });
    expect(await database.query('SELECT process FROM leases')).toEqual([{ process: 'east-1' }]);
  });
});
