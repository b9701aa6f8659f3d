import { afterEach, describe, expect, it } from 'vitest';
import { packBody } from '../../src/http/packed-body.ts';
import { createGate } from '../support/gate.ts';
import { BEHIND, bodyOf, GET, KEPT, POST, resultOf, startDoor, type DoorRig } from './door-rig.ts';
import { openConnection, sendRaw, writeRequest } from './raw-connection.ts';

let rig: DoorRig | undefined;
afterEach(async () => rig?.app.close());
const start = async (): Promise<DoorRig> => (rig = await startDoor());

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
