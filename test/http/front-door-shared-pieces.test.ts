import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packBody } from '../../src/http/packed-body.ts';
import { createGate } from '../support/gate.ts';
import { BEHIND, GET, KEPT, POST, resultOf, startDoor, type DoorRig } from './door-rig.ts';
import { openConnection, writeRequest, type RawConnection } from './raw-connection.ts';
import { countParsedRequests } from './routed-requests.ts';

const parsed = countParsedRequests();
afterAll(parsed.stop);

describe.each([
  ['GET', GET],
  ['POST', POST],
] as const)('a %s known by its bytes whose answer other processes share', (method, request) => {
  let rig: DoorRig;
  let connection: RawConnection;
  /** How often they were asked. */
  let questions: number;
  let countParsed: () => number;
  const share = (find: NonNullable<DoorRig['find']>): void => {
    rig.find = (key) => {
      questions += 1;
      return find(key);
    };
  };
  /** As they have it: the same entry each time, and what is noted of it. */
  const shared = resultOf(KEPT, { tier: 'shared' });
  const ask = (): void => connection.write(writeRequest(request));
  const read = async (): Promise<string> => (await connection.read()).body.toString();

  beforeEach(async () => {
    rig = await startDoor();
    connection = await openConnection(rig.port);
    // Behind the door first, which teaches it; then out of what is shared, by the parser, which teaches it the head.
    for (const find of [async () => undefined, async () => shared]) {
      share(find);
      ask();
      await read();
    }
    await packBody(shared.entry, 'identity');
    questions = 0;
    const before = parsed.count();
    countParsed = () => parsed.count() - before;
  });
  afterEach(async () => {
    connection.socket.destroy();
    await rig.app.close();
  });

  it('is answered without being parsed, and told of', async () => {
    for (const count of [1, 2, 3]) {
      ask();
      expect(await read()).toBe(KEPT);
      expect([questions, countParsed()]).toEqual([count, 0]);
    }
    expect(rig.answered).toHaveLength(4);
    expect(rig.answered.at(-1)).toMatchObject({ method, route: '/graphql', status: 200 });
  });

  it('is parsed when they have nothing any more, and they are not asked twice', async () => {
    share(async () => undefined);
    ask();
    expect(await read()).toBe(BEHIND[method]);
    expect([questions, countParsed()]).toEqual([1, 1]);
  });

  it('is parsed when what they have was taken back meanwhile, and they are not asked twice', async () => {
    share(async () => resultOf(KEPT, { isSendable: () => false }));
    ask();
    expect(await read()).toBe(BEHIND[method]);
    expect([questions, countParsed()]).toEqual([1, 1]);
  });

  it('is parsed when what they have was never sent, which is what is sent then', async () => {
    share(async () => resultOf('another', { tier: 'shared' }));
    ask();
    expect(await read()).toBe('another');
    expect([questions, countParsed()]).toEqual([1, 1]);
  });

  it('comes before whatever comes behind it', async () => {
    const gate = createGate();
    share(async () => {
      await gate.pass();
      return shared;
    });
    ask();
    await gate.reached;
    connection.write(writeRequest({ method: 'GET', path: '/nowhere' }));
    gate.open();
    expect(await read()).toBe(KEPT);
    expect((await connection.read()).status).toBe(404);
  });

  it('is finished when the server closes while they are asked, and its connection ends with it', async () => {
    const gate = createGate();
    share(async () => {
      await gate.pass();
      return shared;
    });
    ask();
    await gate.reached;
    const closed = rig.app.close();
    // Drained by now, and waiting.
    await new Promise(setImmediate);
    gate.open();
    expect(await read()).toBe(KEPT);
    expect(await connection.ended()).toBe('');
    await closed;
  });

  it('whose sender is gone before they answer harms nobody', async () => {
    const gate = createGate();
    const gone = Promise.withResolvers<void>();
    share(async () => {
      await gate.pass();
      return shared;
    });
    rig.app.server.once('connection', (socket) => socket.once('close', gone.resolve));
    const other = await openConnection(rig.port);
    other.write(writeRequest(request));
    await gate.reached;
    other.socket.destroy();
    gate.open();
    await gone.promise;
    share(async () => shared);
    ask();
    expect(await read()).toBe(KEPT);
  });
});
