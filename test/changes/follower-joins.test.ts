import { describe, expect, it } from 'vitest';
import { createFollower } from '../../src/changes/follower.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import type { TombstoneOrder } from '../../src/content/tombstones.ts';
import { createGate } from '../support/gate.ts';
import { createHandLeases } from './hand-leases.ts';
import { createHandLog } from './hand-log.ts';

type Lay = Extract<TombstoneOrder, { order: 'lay' }>;

const ID = 'art_en_00000000000000000001' as ArticleId;
const STONE: Lay = { order: 'lay', articleId: ID, edition: 'EN', slugs: ['grain'], paths: ['world/grain'] };

const setUp = () => {
  const log = createHandLog();
  const leases = createHandLeases();
  const time = { ms: 0 };
  const lying: Lay[] = [];
  const readings: number[] = [];
  let rejoins = 0;
  const moved = createFollower({
    log,
    leases,
    loadTombstones: async () => ({ sequence: log.last(), lying: [...lying] }),
    monotonic: () => time.ms,
    wall: () => time.ms,
    onRejoin: () => void (rejoins += 1),
    onClock: ({ receivedAt, sentAt }) => readings.push(receivedAt - sentAt),
  });
  return { log, leases, time, lying, readings, rejoins: () => rejoins, ...moved };
};

describe('catchUp, joining', () => {
  it('has its row before it reads the log', async () => {
    const { log, leases, catchUp } = setUp();
    const gate = createGate();
    log.beforeRead = gate.pass;
    const joining = catchUp();
    await gate.reached;
    expect(leases.lives.size).toBe(1);
    gate.open();
    await joining;
  });

  it('trusts nothing before its row was renewed', async () => {
    const { leases, follower, catchUp } = setUp();
    const gate = createGate();
    leases.beforeRenewal = gate.pass;
    const joining = catchUp();
    await gate.reached;
    expect(follower.isTrusted()).toBe(false);
    gate.open();
    await joining;
    expect(follower.isTrusted()).toBe(true);
  });

  it('begins another life when it was declared dead, goes on from where it was, and is waited for no more', async () => {
    const { log, leases, follower, catchUp, rejoins } = setUp();
    await catchUp();
    log.append(['article:a']);
    await catchUp();
    expect(rejoins()).toBe(0);
    const [first] = leases.lives;
    leases.declareDead();
    log.append(['article:b']);
    await catchUp();
    expect(leases.lives.size).toBe(1);
    expect([...leases.lives]).not.toEqual([first]);
    expect(leases.forgiven).toContain(first);
    expect(rejoins()).toBe(1);
    expect([follower.lastOf('article:a'), follower.lastOf('article:b'), follower.lastOf('article:c')]).toEqual([
      1, 2, 0,
    ]);
  });

  it('does not trust itself between being declared dead and having joined again', async () => {
    const { log, leases, follower, catchUp } = setUp();
    await catchUp();
    leases.declareDead();
    const gate = createGate();
    let reads = 0;
    log.beforeRead = async () => {
      reads += 1;
      if (reads === 2) await gate.pass();
    };
    const rejoining = catchUp();
    await gate.reached;
    expect(follower.isTrusted()).toBe(false);
    gate.open();
    await rejoining;
    expect(follower.isTrusted()).toBe(true);
  });

  it('joins again, forgetting what it knew, when the log was trimmed past what it had taken in', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    for (let number = 0; number < 5; number += 1) log.append([`article:${number}`]);
    log.trim(3);
    await catchUp();
    expect([follower.applied(), follower.lastOf('article:unknown')]).toEqual([5, 3]);
  });

  it('has the log replaced when it ends before what was taken in: it was restored', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    log.append(['article:a']);
    log.append(['article:b']);
    await catchUp();
    log.replace('epoch-1', 1);
    await catchUp();
    expect([follower.epoch(), follower.applied(), follower.isTrusted()]).toEqual(['epoch-1+', 1, true]);
    expect(follower.lastOf('article:b')).toBe(1);
  });

  it('has the log replaced when it was restored while the life had ended: it is not continued by name', async () => {
    const { log, leases, follower, catchUp } = setUp();
    await catchUp();
    log.append(['article:a']);
    log.append(['article:b']);
    await catchUp();
    leases.declareDead();
    // Declared dead, it joins again: by then the log has been set back.
    let isRestored = false;
    leases.beforeRenewal = async () => {
      if (isRestored) return;
      isRestored = true;
      log.replace('epoch-1', 1);
    };
    await catchUp();
    expect([follower.epoch(), follower.applied(), follower.isTrusted()]).toEqual(['epoch-1+', 1, true]);
  });

  it('has the log replaced when the database was promoted or restored elsewhere', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    log.move();
    await catchUp();
    expect([follower.epoch(), follower.isTrusted()]).toEqual(['epoch-1+', true]);
  });

  it('ends every life it began when joining failed half way', async () => {
    const { log, leases, catchUp } = setUp();
    log.beforeRead = () => Promise.reject(new Error('away'));
    await expect(catchUp()).rejects.toThrow('away');
    log.beforeRead = async () => undefined;
    await catchUp();
    expect(leases.lives.size).toBe(1);
  });
});

describe('catchUp, renewing', () => {
  it('renews between two pages of a long log: who reads is not hung, and is trusted once it had come to the end', async () => {
    const { log, leases, follower, catchUp } = setUp();
    const trusted: boolean[] = [];
    leases.beforeRenewal = async () => void trusted.push(follower.isTrusted());
    for (let number = 0; number < 1_500; number += 1) log.append([`article:${number}`]);
    await catchUp();
    expect([trusted, follower.isTrusted()]).toEqual([[false, false], true]);
    for (let number = 0; number < 2_500; number += 1) log.append([`article:${number}`]);
    await catchUp();
    expect(trusted).toHaveLength(5);
  });

  it('tells what the database’s clock said, and between which of its own instants', async () => {
    const { leases, time, readings, catchUp } = setUp();
    await catchUp();
    leases.beforeRenewal = async () => void (time.ms += 7);
    await catchUp();
    expect(readings).toEqual([0, 7]);
  });

  it('leaves no row behind after a clean stop', async () => {
    const { leases, follower, catchUp, leave } = setUp();
    await catchUp();
    await leave();
    expect([leases.lives.size, follower.isTrusted()]).toEqual([0, false]);
  });
});

describe('tombstones', () => {
  it('lie as soon as the follower has joined', async () => {
    const { lying, follower, catchUp } = setUp();
    lying.push(STONE);
    await catchUp();
    expect([follower.tombstones.hidesId(ID), follower.tombstones.hidesSlug('EN', 'grain')]).toEqual([true, true]);
  });

  it('lie before the change that laid them counts as taken in', async () => {
    const { log, follower, catchUp, leases } = setUp();
    await catchUp();
    log.append([`article:${ID}`], 'KILL', { tombstone: STONE });
    const seen: boolean[] = [];
    leases.beforeRenewal = async () => void seen.push(follower.tombstones.hidesId(ID));
    await catchUp();
    expect([seen, follower.applied()]).toEqual([[true], 1]);
  });

  it('are not lifted by an older order while a join reads on', async () => {
    const { log, lying, follower, leases, catchUp } = setUp();
    log.append([`article:${ID}`], 'PUBLISH', { tombstone: { order: 'lift', articleId: ID } });
    for (let number = 0; number < 1_500; number += 1) log.append([`article:${number}`]);
    log.append([`article:${ID}`], 'KILL', { tombstone: STONE });
    lying.push(STONE);
    const seen: boolean[] = [];
    leases.beforeRenewal = async () => void seen.push(follower.tombstones.hidesId(ID));
    await catchUp();
    expect(seen).toEqual([true, true]);
  });

  it('stay while the log cannot be read, and are lifted by order', async () => {
    const { log, time, follower, catchUp } = setUp();
    await catchUp();
    log.append([`article:${ID}`], 'KILL', { tombstone: STONE });
    await catchUp();
    time.ms = 60_000;
    log.beforeRead = () => Promise.reject(new Error('away'));
    await expect(catchUp()).rejects.toThrow('away');
    expect([follower.standing(), follower.tombstones.hidesId(ID)]).toEqual(['degraded', true]);
    log.beforeRead = async () => undefined;
    log.append([`article:${ID}`], 'PUBLISH', { tombstone: { order: 'lift', articleId: ID } });
    await catchUp();
    expect(follower.tombstones.hidesId(ID)).toBe(false);
  });
});
