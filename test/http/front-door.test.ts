import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createHoleFiller } from '../../src/cache/fill-holes.ts';
import type { CacheResult } from '../../src/cache/response-cache.ts';
import type { Entry } from '../../src/content/answer.ts';
import { createBaseServer } from '../../src/http/create-base-server.ts';
import { createFrontDoor } from '../../src/http/front-door.ts';
import type { DoorAnswer } from '../../src/http/front-door-visit.ts';
import { packBody } from '../../src/http/packed-body.ts';
import { createGate } from '../support/gate.ts';
import { createCounters } from '../../src/stores/counters.ts';
import { createHandStores } from '../loaders/hand-stores.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { openConnection, sendRaw, writeRequest, type RawRequest } from './raw-connection.ts';

const NOW = Date.UTC(2026, 5, 1);
const KEPT = 'kept: يوم\n'.repeat(200);

const resultOf = (text: string, more: Partial<CacheResult> = {}): CacheResult => {
  const entry: Entry = {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: Buffer.from(text),
    tags: [],
    boundaryAt: null,
    maxAgeSeconds: 300,
    scope: 'PUBLIC',
    languages: ['en'],
    fence: 1,
    epoch: 'e',
    filledAt: NOW,
  };
  const isSendable = (): boolean => true;
  const tier = 'memory';
  return {
    entry,
    notes: {},
    state: 'hit',
    tier,
    forwarded: null,
    isStored: true,
    isSendable,
    isKeepable: isSendable,
    ...more,
  };
};

interface Rig {
  readonly app: FastifyInstance;
  readonly port: number;
  /** Answers of the door, in order. */
  readonly answered: DoorAnswer[];
  /** What the cache has now. */
  kept: CacheResult | undefined;
  find: ((key: string) => Promise<CacheResult | undefined>) | undefined;
  isDraining: boolean;
  isLookDue: boolean;
}

let rig: Rig | undefined;
afterEach(async () => rig?.app.close());

const clock = { now: () => NOW };
/** Nobody's answers have counters in them. */
const counters = createCounters({ storesOf: () => createHandStores({}), clock });

/** A server whose one route answers `behind` and teaches the door. */
const start = async (): Promise<Rig> => {
  const answered: DoorAnswer[] = [];
  const frontDoor = createFrontDoor({
    cache: {
      peek: () => made.kept,
      get find() {
        return made.find;
      },
    },
    holes: createHoleFiller({ clock, counters }),
    clock,
    clientMaxAgeSeconds: 10,
    onAnswered: (answer) => answered.push(answer),
    isDraining: () => made.isDraining,
    isLookDue: () => made.isLookDue,
    isOriginTold: false,
    limitBytes: 1_000_000,
  });
  const app = createBaseServer({ logger: createRecordingLogger().logger, frontDoor });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async ({ raw, body }) => {
      frontDoor.learn(raw, () => ({ mediaType: 'application/json', key: 'k', around: [['x-around', 'yes']] }));
      return `behind ${JSON.stringify(body ?? null)}`;
    },
  });
  const port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
  const made: Rig = { app, port, answered, kept: undefined, find: undefined, isDraining: false, isLookDue: false };
  rig = made;
  return made;
};

const GET: RawRequest = { method: 'GET', path: '/graphql?query=x' };
const POST: RawRequest = {
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"x"}',
};
const BEHIND = { GET: 'behind null', POST: 'behind {"query":"x"}' } as const;

const bodyOf = async ({ port }: Rig, request: RawRequest): Promise<string> =>
  (await sendRaw(port, request)).body.toString();

describe.each([
  ['GET', GET],
  ['POST', POST],
] as const)('a request by %s', (method, request) => {
  it('is answered at the door once it is known, and told of', async () => {
    const door = await start();
    door.kept = resultOf(KEPT);
    await packBody(door.kept.entry, 'identity');
    expect(await bodyOf(door, request)).toBe(BEHIND[method]);
    expect(door.answered).toEqual([]);
    const answer = await sendRaw(door.port, request);
    expect(answer.body.toString()).toBe(KEPT);
    expect(answer.headers).toMatchObject({ 'x-around': ['yes'], 'cache-status': ['masthead; hit; ttl=300'] });
    expect(door.answered).toMatchObject([
      {
        requestId: answer.headers['x-request-id']?.[0],
        route: '/graphql',
        status: 200,
        milliseconds: expect.any(Number),
      },
    ]);
    expect(door.answered[0]?.milliseconds).toBeLessThan(10_000);
  });

  it('goes on when nothing is kept, or not in the form it asks for', async () => {
    const door = await start();
    await bodyOf(door, request);
    expect(await bodyOf(door, request)).toBe(BEHIND[method]);
    door.kept = resultOf(KEPT);
    await packBody(door.kept.entry, 'identity');
    const packed = { ...request, headers: { ...request.headers, 'accept-encoding': 'br' } };
    expect(await bodyOf(door, packed)).toBe(BEHIND[method]);
    await packBody(door.kept.entry, 'br');
    expect((await sendRaw(door.port, packed)).headers['content-encoding']).toEqual(['br']);
  });

  it('goes on while the gateway stops', async () => {
    const door = await start();
    door.kept = resultOf(KEPT);
    await packBody(door.kept.entry, 'identity');
    await bodyOf(door, request);
    door.isDraining = true;
    expect(await bodyOf(door, request)).toBe(BEHIND[method]);
  });

  it('goes on now and then while somebody behind wants to see one', async () => {
    const door = await start();
    door.kept = resultOf(KEPT);
    await packBody(door.kept.entry, 'identity');
    await bodyOf(door, request);
    expect(await bodyOf(door, request)).toBe(KEPT);
    door.isLookDue = true;
    expect(await bodyOf(door, request)).toBe(BEHIND[method]);
    // Not the next one as well: what is not looked at then does not hold up the rest.
    expect(await bodyOf(door, request)).toBe(KEPT);
  });

  it('is answered with what other processes share, packed for it', async () => {
    const door = await start();
    await bodyOf(door, request);
    door.find = async () => resultOf(KEPT, { tier: 'shared' });
    const answer = await sendRaw(door.port, { ...request, headers: { ...request.headers, 'accept-encoding': 'gzip' } });
    expect(answer.headers).toMatchObject({ 'content-encoding': ['gzip'], 'cache-status': ['masthead; hit; ttl=300'] });
    expect(await bodyOf(door, request)).toBe(KEPT);
  });

  it('goes on, body and all, when they share nothing, or what they share is taken back meanwhile', async () => {
    const door = await start();
    await bodyOf(door, request);
    door.find = async () => undefined;
    expect(await bodyOf(door, request)).toBe(BEHIND[method]);
    door.find = async () => resultOf(KEPT, { isSendable: () => false });
    expect(await bodyOf(door, request)).toBe(BEHIND[method]);
    expect(door.answered).toEqual([]);
  });

  it('is finished when the server closes while they are asked, and its connection ends with it', async () => {
    const door = await start();
    await bodyOf(door, request);
    const gate = createGate();
    door.find = async () => {
      await gate.pass();
      return resultOf(KEPT);
    };
    const connection = await openConnection(door.port);
    connection.write(writeRequest(request));
    await gate.reached;
    const closed = door.app.close();
    const drained = new Promise((resolve) => door.app.server.once('close', resolve));
    // The server takes no new connection by then, and so has begun to drain.
    while (door.app.server.listening) await new Promise(setImmediate);
    gate.open();
    const answer = await connection.read();
    expect([answer.body.toString(), answer.headers['connection']]).toEqual([KEPT, ['close']]);
    expect(await connection.ended()).toBe('');
    await Promise.all([closed, drained]);
  });

  it('whose sender is gone before they answer harms nobody', async () => {
    const door = await start();
    await bodyOf(door, request);
    const gate = createGate();
    door.find = async () => {
      await gate.pass();
      return resultOf(KEPT);
    };
    const connection = await openConnection(door.port);
    connection.write(writeRequest(request));
    await gate.reached;
    const gone = new Promise((resolve) =>
      door.app.server.getConnections(() => connection.socket.destroy().once('close', resolve)),
    );
    await gone;
    gate.open();
    door.find = undefined;
    expect(await bodyOf(door, request)).toBe(BEHIND[method]);
  });
});
