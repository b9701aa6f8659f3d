import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChanges, type ChangesOptions } from '../../src/changes/changes.ts';
import { systemClock } from '../../src/clock.ts';
import type { Database } from '../../src/database/database.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';
import { putIntoOutbox } from './outbox.ts';

/** So long that only what a test means to happen happens. */
const NEVER_MS = 3_600_000;

const PROCESS = { clock: systemClock, process: 'test', pollMs: NEVER_MS, leaseMs: NEVER_MS };

/** What every step asks first. */
const isRelay = (text: string): boolean => text.startsWith('SELECT FROM outbox');

describe.each(databaseKinds)('createChanges, %s', (kind) => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
  });
  afterEach(() => database.close());

  const create = (options: Partial<ChangesOptions> = {}) => createChanges({ database, ...PROCESS, ...options });

  it('has taken in a change once the step is over', async () => {
    const { follower, step } = create();
    await step();
    await putIntoOutbox(database, ['article:a']);
    await step();
    expect([follower.applied(), follower.lastOf('article:a')]).toEqual([1, 1]);
  });

  it('moves an outbox of any length in one step', async () => {
    const { follower, step } = create();
    await step();
    await database.query(
      `INSERT INTO outbox (kind, edition, tags, occurred_at)
       SELECT 'UPDATE', 'EN', ARRAY['article:' || n], now() FROM generate_series(1, 1200) n`,
    );
    await step();
    expect(follower.applied()).toBe(1_200);
    expect(await database.query('SELECT id FROM outbox LIMIT 1')).toEqual([]);
  });

  it('steps by itself when somebody else’s relay has moved a change', async () => {
    const applied = Promise.withResolvers<number>();
    const changes = create({ onApplied: (sequence) => sequence > 0 && applied.resolve(sequence) });
    await changes.start();
    await putIntoOutbox(database, ['article:a']);
    await changes.log.relay(10);
    expect(await applied.promise).toBe(1);
    await changes.close();
  });

  it('steps by itself when a writer says that the outbox has grown', async () => {
    const applied = Promise.withResolvers<number>();
    const changes = create({ onApplied: (sequence) => sequence > 0 && applied.resolve(sequence) });
    await changes.start();
    await database.transaction(async (transaction) => {
      await putIntoOutbox(transaction, ['article:a']);
      await transaction.query(`SELECT pg_notify('outbox', '')`);
    });
    expect(await applied.promise).toBe(1);
    await changes.close();
  });

  it('steps on its own beat when nobody says anything', async () => {
    const applied = Promise.withResolvers<number>();
    const changes = create({ pollMs: 5, onApplied: (sequence) => sequence > 0 && applied.resolve(sequence) });
    await changes.start();
    await putIntoOutbox(database, ['article:a']);
    expect(await applied.promise).toBe(1);
    await changes.close();
  });

  it('joins again when the log was replaced by a restore', async () => {
    const { follower, step } = create();
    await putIntoOutbox(database, ['article:a']);
    await step();
    const before = follower.epoch();
    await database.query('TRUNCATE change_log');
    await database.query('UPDATE change_log_head SET epoch = gen_random_uuid(), sequence = 0');
    await step();
    expect(follower.epoch()).not.toBe(before);
    expect([follower.applied(), follower.isTrusted()]).toEqual([0, true]);
  });
});

describe('createChanges, two processes on one log', () => {
  it('shows both of them every change, whoever relayed it', async () => {
    const database = await createTestDatabase('postgres');
    const processes = [0, 1].map(() => createChanges({ database, ...PROCESS }));
    await Promise.all(processes.map(({ step }) => step()));
    for (let number = 1; number <= 20; number += 1) {
      await putIntoOutbox(database, [`article:${number}`]);
      await Promise.all(processes.map(({ step }) => step()));
    }
    await Promise.all(processes.map(({ step }) => step()));
    for (const { follower } of processes)
      expect([follower.applied(), follower.lastOf('article:1'), follower.lastOf('article:20')]).toEqual([20, 1, 20]);
    await database.close();
  });
});

describe('step', () => {
  /** A database whose relay stops at a gate, and counts. */
  const gated = (database: Database) => {
    const gates = [createGate(), createGate(), createGate()];
    let steps = 0;
    const slow: Database = {
      ...database,
      query: async (text, values) => {
        if (isRelay(text)) await gates[(steps += 1) - 1]?.pass();
        return database.query(text, values);
      },
    };
    return { slow, gates, steps: () => steps };
  };

  it('shares one more step among all who ask while one runs', async () => {
    const database = await createTestDatabase('embedded');
    const { slow, gates, steps } = gated(database);
    const { step, follower } = createChanges({ database: slow, ...PROCESS });
    const first = step();
    await gates[0]?.reached;
    const asked = Array.from({ length: 100 }, () => step());
    gates.forEach(({ open }) => open());
    await Promise.all([first, ...asked]);
    expect(steps()).toBe(2);
    expect(follower.isTrusted()).toBe(true);
    await database.close();
  });

  it('shows who asks during a step what was written before they asked', async () => {
    const database = await createTestDatabase('embedded');
    const { slow, gates } = gated(database);
    const { step, follower } = createChanges({ database: slow, ...PROCESS });
    gates[0]?.open();
    await step();
    const running = step();
    await gates[1]?.reached;
    await putIntoOutbox(database, ['article:late']);
    const asked = step();
    gates[1]?.open();
    gates[2]?.open();
    await Promise.all([running, asked]);
    expect(follower.lastOf('article:late')).toBe(1);
    await database.close();
  });

  it('tries again after a step that failed, and fails only those who asked for that one', async () => {
    const database = await createTestDatabase('embedded');
    let attempts = 0;
    const flaky: Database = {
      ...database,
      query: (text, values) => {
        if (isRelay(text)) attempts += 1;
        return attempts === 1 ? Promise.reject(new Error('away')) : database.query(text, values);
      },
    };
    const { step, follower } = createChanges({ database: flaky, ...PROCESS });
    const first = step();
    const second = step();
    await expect(first).rejects.toThrow('away');
    await second;
    expect(follower.isTrusted()).toBe(true);
    await database.close();
  });
});

describe('createChanges, when the log cannot be read', () => {
  it('loses trust once its time is over, and says why', async () => {
    const database = await createTestDatabase('postgres');
    const time = { ms: 0 };
    const clocks = { monotonic: () => time.ms, wall: () => time.ms };
    const { step, follower } = createChanges({ database, ...PROCESS, leaseMs: 2_000, ...clocks });
    await step();
    await database.close();
    time.ms = 1_000;
    await expect(step()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(follower.isTrusted()).toBe(true);
    time.ms = 2_001;
    expect(follower.isTrusted()).toBe(false);
  });

  it('tells of a failed step once, however many asked for it, and goes on stepping', async () => {
    const database = await createTestDatabase('embedded');
    const gate = createGate();
    let attempts = 0;
    let ring: () => void = () => undefined;
    const failures: unknown[] = [];
    const recovered = Promise.withResolvers<void>();
    const flaky: Database = {
      ...database,
      listen: async (_channel, callback) => {
        ring = () => callback('');
        return async () => undefined;
      },
      query: async (text, values) => {
        if (isRelay(text)) attempts += 1;
        if (attempts !== 2) return database.query(text, values);
        await gate.pass();
        throw new Error('away');
      },
    };
    const changes = createChanges({
      database: flaky,
      ...PROCESS,
      onFailure: (error) => failures.push(error),
      onApplied: () => attempts > 2 && recovered.resolve(),
    });
    await changes.start();
    ring();
    await gate.reached;
    for (let news = 0; news < 50; news += 1) ring();
    gate.open();
    await recovered.promise;
    await changes.close();
    expect(failures).toEqual([new Error('away')]);
    expect(attempts).toBe(3);
    await database.close();
  });

  it('goes on without anybody told, and is closed while a step fails', async () => {
    const database = await createTestDatabase('embedded');
    const gate = createGate();
    let ring: () => void = () => undefined;
    let isAway = false;
    const flaky: Database = {
      ...database,
      listen: async (_channel, callback) => {
        ring = () => callback('');
        return async () => undefined;
      },
      query: async (text, values) => {
        if (!isAway) return database.query(text, values);
        await gate.pass();
        throw new Error('away');
      },
    };
    const changes = createChanges({ database: flaky, ...PROCESS });
    await changes.start();
    isAway = true;
    ring();
    await gate.reached;
    const closing = changes.close();
    gate.open();
    expect(await closing).toBe(undefined);
    await database.close();
  });

  it('fails to start when it cannot join, and can be closed all the same', async () => {
    const database = await createTestDatabase('embedded');
    const broken: Database = { ...database, query: () => Promise.reject(new Error('away')) };
    const changes = createChanges({ database: broken, ...PROCESS });
    await expect(changes.start()).rejects.toThrow('away');
    await changes.close();
    await database.close();
  });

  it('leaves no beat behind when it is closed while it starts', async () => {
    const database = await createTestDatabase('embedded');
    const gate = createGate();
    const slow: Database = {
      ...database,
      query: async (text, values) => {
        if (isRelay(text)) await gate.pass();
        return database.query(text, values);
      },
    };
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const changes = createChanges({ ...PROCESS, database: slow, pollMs: 1 });
    const starting = changes.start();
    await gate.reached;
    const closing = changes.close();
    gate.open();
    await Promise.all([starting, closing]);
    expect(timers()).toBe(before);
    await database.close();
  });
});
