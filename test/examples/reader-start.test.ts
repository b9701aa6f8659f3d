import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../support/start-gateway.ts';
import { makeFolder } from '../support/run-masthead.ts';
import { PROJECT_ROOT } from '../support/shared.ts';

/** `npm run reader` in an empty environment but for `variables`, in a folder of its own unless another start filled one. */
const start = (variables: Readonly<Record<string, string>>, cwd = makeFolder()) => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'docs/examples/reader/start.ts')], {
    cwd,
    env: { PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
  // Not before its gateway has ended too, which holds the same standard error.
  const ended = once(child, 'close').then(([status]) => status as number | null);
  // Its gateway is of a group of its own and ends with it.
  onTestFinished(() => void child.kill('SIGTERM'));
  return {
    ended,
    said,
    stop: (signal: NodeJS.Signals = 'SIGTERM') => child.kill(signal),
    pid: child.pid ?? 0,
    says: (pattern: RegExp): Promise<RegExpExecArray> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said.stdout);
          if (match !== null) resolve(match);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(() => reject(new Error(`It never said ${String(pattern)}: ${JSON.stringify(said)}`)));
      }),
  };
};

/** The one process that `pid` has started. */
const childOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());

const isServed = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const ADDRESSES = /Reader {3}(\S+)\/\n {2}Gateway {2}(\S+)\/\n/;

/** An embedded database takes its time to be made on a busy machine. */
const PATIENCE_MS = 120_000;

describe('npm run reader', { timeout: PATIENCE_MS }, () => {
  const filled = makeFolder();

  it('starts a gateway and the site in front of it, says where both are, and stops both', async () => {
    const reader = start({ GATEWAY_PORT: '0', READER_PORT: '0' }, filled);
    const [, readerUrl = '', gatewayUrl = ''] = await reader.says(ADDRESSES);

    expect(await (await fetch(`${readerUrl}/ar`)).text()).toContain(
      '<h1 class="visually-hidden">ميريديان العربية</h1>',
    );
    expect(await isServed(`${gatewayUrl}/healthz`)).toBe(true);

    reader.stop();
    expect({ status: await reader.ended, stderr: reader.said.stderr }).toEqual({ status: 0, stderr: '' });
    expect(await isServed(`${gatewayUrl}/healthz`)).toBe(false);
    expect(await isServed(`${readerUrl}/ar`)).toBe(false);
  });

  it('stands before a gateway that runs already, and leaves it running', async () => {
    const gateway = await startGateway();
    onTestFinished(gateway.close);
    const reader = start({ GATEWAY_URL: `${gateway.url}/`, READER_PORT: '0' });
    const [, readerUrl = '', gatewayUrl = ''] = await reader.says(ADDRESSES);

    expect(gatewayUrl).toBe(gateway.url);
    expect((await fetch(`${readerUrl}/es`)).status).toBe(200);

    reader.stop();
    expect(await reader.ended).toBe(0);
    expect(await isServed(`${gateway.url}/healthz`)).toBe(true);
  });

  it('asked during the start, ends at once and its gateway with it', async () => {
    const reader = start({ GATEWAY_PORT: '0', READER_PORT: '0' });
    await reader.says(/Starting a gateway/);
    reader.stop('SIGINT');
    expect(await reader.ended).toBe(0);
    expect(reader.said).toMatchObject({ stdout: expect.not.stringMatching(ADDRESSES), stderr: '' });
  });

  it('asked a second time, waits for no open request, and its gateway ends too', async () => {
    const reader = start({ GATEWAY_PORT: '0', READER_PORT: '0', SHUTDOWN_SECONDS: '600' }, filled);
    const [, , gatewayUrl = ''] = await reader.says(ADDRESSES);
    const { hostname, port } = new URL(gatewayUrl);
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    await new Promise((resolve) => {
      socket.once('data', resolve);
      // One answered, so that it is known to be read; one whose body never comes.
      const open = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n';
      socket.write(`GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n${open}`);
    });

    reader.stop('SIGINT');
    const again = setInterval(() => reader.stop('SIGINT'), 100);
    onTestFinished(() => clearInterval(again));
    expect(await reader.ended).toBe(1);
    expect(await isServed(`${gatewayUrl}/healthz`)).toBe(false);
  });

  it('says so and ends when its gateway ends by itself', async () => {
    const reader = start({ GATEWAY_PORT: '0', READER_PORT: '0' }, filled);
    await reader.says(ADDRESSES);
    process.kill(childOf(reader.pid), 'SIGTERM');
    expect(await reader.ended).toBe(1);
    expect(reader.said.stderr).toContain('reader: the gateway ended by itself');
  });

  it('says what is wrong when the gateway cannot start', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    const reader = start({ GATEWAY_PORT: String(port) }, filled);
    expect(await reader.ended).toBe(1);
    expect(reader.said.stderr).toContain(String(port));
    expect(reader.said.stderr).toContain('reader: the gateway did not start');
    expect(reader.said.stderr).toContain('GATEWAY_URL=');
  });

  it('says everything that is wrong with its settings before it starts anything', async () => {
    const reader = start({ GATEWAY_URL: 'localhost:4000', READER_PORT: 'abc', READER_URL: 'nonsense' });
    expect(await reader.ended).toBe(1);
    expect(reader.said).toEqual({
      stdout: '',
      stderr: [
        'reader: GATEWAY_URL is no address like https://news.example',
        'reader: READER_PORT is no port from 0 to 65535: abc',
        'reader: READER_URL is no address like https://news.example',
        '',
      ].join('\n'),
    });
  });
});
