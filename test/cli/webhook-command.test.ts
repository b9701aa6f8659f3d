import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  runAddWebhook,
  runListWebhooks,
  runRotateWebhook,
  runTestWebhook,
  type AddWebhookRequest,
  type WebhookDependencies,
} from '../../src/cli/webhook-command.ts';
import {
  runDisableWebhook,
  runEnableWebhook,
  runRemoveWebhook,
  runReplayWebhook,
} from '../../src/cli/webhook-upkeep.ts';
import type { Database } from '../../src/database/database.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import { beginDeltas, encodeDeltaCursor } from '../../src/syndication/deltas/delta-cursor.ts';
import { loadCursorKey } from '../../src/syndication/deltas/load-deltas.ts';
import { loadEndpoint, replayFrom } from '../../src/syndication/webhooks/endpoint-register.ts';
import { startReceiver, createWebhookRig, type Receiver } from '../syndication/webhooks/webhook-rig.ts';
import { testEditions } from '../support/import-lines.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { hear } from './hear.ts';

describe('masthead webhook', () => {
  let database: Database;
  let receiver: Receiver;
  let dependencies: WebhookDependencies;
  beforeEach(async () => {
    database = await createTestDatabase('postgres');
    await addTestPartner(database, 'radio');
    receiver = await startReceiver();
    const allowedNetworks = [{ address: '127.0.0.1', prefix: 32, family: 'ipv4' }] as const;
    dependencies = { database, editions: testEditions, allowedNetworks, now: Date.now() };
  });
  afterEach(async () => {
    await receiver.close();
    await database.close();
  });

  const add = async (request: Partial<AddWebhookRequest> = {}) => {
    const terminal = hear();
    const url = `${receiver.url}/hook`;
    const given: AddWebhookRequest = { partner: 'radio', url, edition: [], all: false, ...request };
    expect(await runAddWebhook(dependencies, given, terminal)).toBe(0);
    const id = terminal.said[0]?.split(' ')[0] ?? '';
    return { id, secret: terminal.said[1]?.split(' ').at(-1) ?? '', said: terminal.said };
  };
  const say = async (work: (terminal: ReturnType<typeof hear>) => Promise<number>) => {
    const terminal = hear();
    return { exitStatus: await work(terminal), said: terminal.said };
  };

  it('adds an endpoint and shows its secret once', async () => {
    const { id, secret, said } = await add({ edition: ['en', 'AR'] });
    expect(said).toEqual([
      expect.stringMatching(/^whe_[0-9a-f]{20} is told of what happens from now on$/),
      expect.stringMatching(/^Its signing secret, which is shown once: whsec_[\w+/]{43}=$/),
    ]);
    const listed = await say((terminal) => runListWebhooks(dependencies, undefined, terminal));
    expect(listed.said).toEqual([`${id}  radio (EN, AR)  ${receiver.url}/hook`, '  live; 0 waiting, 0 given up']);
    expect(listed.said.join()).not.toContain(secret);
  });

  it('says that a partner is told nothing, and why', async () => {
    await add();
    const list = async () => (await say((terminal) => runListWebhooks(dependencies, undefined, terminal))).said[1];
    await database.query('UPDATE partner_keys SET revoked_at = now()');
    expect(await list()).toMatch(/^ {2}told nothing: no key of its partner opens anything; 0 waiting/);
    await database.query('UPDATE partners SET expires_at = $1', [new Date(dependencies.now)]);
    expect(await list()).toMatch(/^ {2}told nothing: its partner expired \d{4}-/);
    await database.query('UPDATE partners SET retired_at = now()');
    expect(await list()).toMatch(/^ {2}told nothing: its partner is no longer in the configuration file; /);
    await database.query('UPDATE partners SET retired_at = NULL, expires_at = NULL');
    await database.query('UPDATE partner_keys SET revoked_at = NULL');
    expect(await list()).toBe('  live; 0 waiting, 0 given up');
  });

  it.each([
    ['words', 'radio.example', 'must be one such as https://radio.example/hooks'],
    ['another scheme', 'ftp://radio.example/', 'must be one such as https://radio.example/hooks'],
    ['an inner address', 'https://10.0.0.1/', 'is not of the public internet, nor within WEBHOOK_ALLOW_NETWORKS'],
    ['the same as a number', 'https://0x0a000001/', 'is not of the public internet, nor within WEBHOOK_ALLOW_NETWORKS'],
    ['IPv6 of it', 'https://[::ffff:10.0.0.1]/', 'is not of the public internet, nor within WEBHOOK_ALLOW_NETWORKS'],
  ])('refuses %s', async (_what, url, reason) => {
    await expect(add({ url })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `The endpoint’s address ${reason}`,
    });
  });

  it('refuses http where no network is allowed, an edition that is not there and a partner that is not', async () => {
    const open = dependencies;
    dependencies = { ...open, allowedNetworks: [] };
    await expect(add({ url: 'http://radio.example/' })).rejects.toThrow('must begin with https://');
    dependencies = open;
    await expect(add({ edition: ['xx'] })).rejects.toThrow('There is no edition xx; there are EN, AR, ES');
    await expect(add({ partner: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('sends a test message that verifies, and shows what was answered', async () => {
    const { id, secret } = await add();
    const { exitStatus, said } = await say((terminal) => runTestWebhook(dependencies, id, terminal));
    expect({ exitStatus, said }).toEqual({ exitStatus: 0, said: ['It took it (204)'] });
    const [told] = receiver.told;
    const verified = new Webhook(secret).verify(told?.body ?? '', told?.headers as Record<string, string>);
    expect(verified).toMatchObject({ type: 'webhook.test', data: { id: told?.id } });
    receiver.setManner(500);
    expect(await say((terminal) => runTestWebhook(dependencies, id, terminal))).toEqual({
      exitStatus: 1,
      said: ['It did not take it (500)'],
    });
    await receiver.close();
    expect(await say((terminal) => runTestWebhook(dependencies, id, terminal))).toEqual({
      exitStatus: 1,
      said: ['It did not take it: unreachable (ECONNREFUSED)'],
    });
    expect(await say((terminal) => runTestWebhook({ ...dependencies, allowedNetworks: [] }, id, terminal))).toEqual({
      exitStatus: 1,
      said: ['It did not take it: the address must not be reached'],
    });
  });

  it('rotates the secret: both sign until the former one is over', async () => {
    const { id, secret } = await add();
    const { said } = await say((terminal) => runRotateWebhook(dependencies, { id, keepHours: 24 }, terminal));
    const next = said[0]?.split(' ').at(-1) ?? '';
    expect(said[1]).toBe('The former one signs beside it for 24 h');
    await say((terminal) => runTestWebhook(dependencies, id, terminal));
    const last = await say((terminal) => runRotateWebhook(dependencies, { id, keepHours: 0 }, terminal));
    expect(last.said[1]).toBe('The former one signs nothing more');
    await say((terminal) => runTestWebhook(dependencies, id, terminal));
    const verifies = (index: number, of: string): boolean => {
      const { body = '', headers = {} } = receiver.told[index] ?? {};
      try {
        new Webhook(of).verify(body, headers as Record<string, string>);
        return true;
      } catch {
        return false;
      }
    };
    expect([verifies(0, secret), verifies(0, next)]).toEqual([true, true]);
    expect([verifies(1, secret), verifies(1, next)]).toEqual([false, false]);
  });

  it('replays a window, everything after a cursor, or all there is', async () => {
    const rig = createWebhookRig(database);
    const { id } = await rig.add(receiver);
    const sender = rig.createSender();
    rig.deltas.happen('a', 'PUBLISH');
    rig.clock.wind(60_000);
    const since = new Date(rig.clock.now()).toISOString();
    rig.deltas.happen('a');
    rig.deltas.happen('b', 'PUBLISH');
    rig.clock.wind(60_000);
    const until = new Date(rig.clock.now()).toISOString();
    rig.deltas.happen('c', 'PUBLISH');
    await sender.settle();
    const now = { ...dependencies, now: rig.clock.now() };
    const window = await say((terminal) => runReplayWebhook(now, { id, since, until, all: false }, terminal));
    expect(window.said).toEqual([`${id} is told again of 2 changes, behind what waits for it`]);
    await sender.settle();
    expect(receiver.taken().slice(4)).toEqual(['updated a v2', 'published b v1']);
    await replayFrom(database, id, '3');
    await sender.settle();
    expect(receiver.taken().slice(6)).toEqual(['published c v1']);
    await say((terminal) => runReplayWebhook(now, { id, all: true }, terminal));
    await sender.settle();
    expect(receiver.taken().slice(7)).toHaveLength(4);
    await sender.close();
  });

  it.each([
    [{ all: false }, 'Say one of --since, --after and --all'],
    [{ all: true, after: 'x' }, 'Say one of --since, --after and --all'],
    [{ all: true, until: '2026-11-29T06:00:00Z' }, '--until goes with --since'],
    [{ all: false, since: 'yesterday' }, '"yesterday" is no instant such as 2026-11-29T06:00:00Z'],
  ])('refuses to replay %j', async (request, message) => {
    const { id } = await add();
    await expect(runReplayWebhook(dependencies, { id, ...request }, hear())).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message,
    });
  });

  it('replays after a cursor that the endpoint can go on from, and refuses any other', async () => {
    const { id } = await add({ edition: ['en'] });
    const key = await loadCursorKey(database);
    const place = { epoch: 'e', audience: 'a', givenAt: 0, floor: 7 };
    const cursorOf = (editions: readonly EditionCode[], holder: string): string =>
      encodeDeltaCursor(beginDeltas({ ...place, editions, holder }), key);
    const replay = (after: string) => runReplayWebhook(dependencies, { id, after, all: false }, hear());
    for (const after of ['3', cursorOf([], 'radio'), cursorOf(['EN'], 'agency')])
      await expect(replay(after)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const good = cursorOf(['EN'], 'radio');
    expect(await replay(good)).toBe(0);
    expect(await loadEndpoint(database, id)).toMatchObject({ cursor: good });
  });

  it('disables, enables and forgets', async () => {
    const { id } = await add();
    const runs = [runDisableWebhook, runDisableWebhook, runEnableWebhook, runRemoveWebhook];
    const said: string[] = [];
    for (const run of runs) said.push(...(await say((terminal) => run(dependencies, id, terminal))).said);
    expect(said).toEqual([
      `${id} is told nothing until masthead webhook enable`,
      `${id} is disabled, as it was before`,
      `${id} goes on where it stood`,
      `${id} is forgotten`,
    ]);
    for (const run of runs) await expect(run(dependencies, id, hear())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await say((terminal) => runListWebhooks(dependencies, undefined, terminal))).said).toEqual([
      'There are no endpoints: masthead webhook add makes one',
    ]);
  });
});
