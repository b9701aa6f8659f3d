import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDeadlines } from '../../src/redis/deadlines.ts';

describe('createDeadlines', () => {
  it('tells what is late, in the order in which it began, and not before its time', async () => {
    const deadlines = createDeadlines(20);
    let began = 0;
    const late: string[] = [];
    await new Promise<void>((resolve) => {
      deadlines.start(() => late.push('one'));
      deadlines.start(() => late.push('over')).end();
      deadlines.start(() => late.push('two'));
      setTimeout(() => {
        began = performance.now();
        deadlines.start(resolve);
      }, 10);
    });
    expect(late).toEqual(['one', 'two']);
    expect(performance.now() - began).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['what has arrived meanwhile', (write: () => void) => write()],
    // Asked for in a busy turn, sent at the end of it, answered during the next.
    ['what arrives in the turn after', (write: () => void) => void setTimeout(() => setImmediate(write), 1)],
  ])('takes in %s before it calls it late, when the process itself was busy', async (_, whenever) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = once(server, 'connection');
    const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
    const [peer] = (await accepted) as [Socket];
    onTestFinished(() => {
      socket.destroy();
      peer.destroy();
      server.close();
    });
    const deadlines = createDeadlines(20);
    let isLate = false;
    const wait = deadlines.start(() => {
      isLate = true;
    });
    const arrived = once(socket, 'data').then(wait.end);
    whenever(() => void peer.write('on the wire'));
    const until = performance.now() + 60;
    while (performance.now() < until);
    await arrived;
    expect(isLate).toBe(false);
  });

  it.each([
    ['nothing while answers come in and this process has no time left', true, false],
    ['what is waited for when none come in, however busy it is', false, true],
  ])('calls late %s', async (_, isAnswered, expected) => {
    const deadlines = createDeadlines(20);
    let isLate = false;
    const wait = deadlines.start(() => {
      isLate = true;
    });
    for (let turn = 0; turn < 30; turn += 1) {
      const other = deadlines.start(() => undefined);
      const until = performance.now() + 5;
      while (performance.now() < until);
      await new Promise((resolve) => setImmediate(resolve));
      if (isAnswered) other.end();
    }
    wait.end();
    expect(isLate).toBe(expected);
  });
});
