import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../support/start-gateway.ts';
import { makeFolder } from '../support/run-masthead.ts';
import { PROJECT_ROOT } from '../support/shared.ts';

/** `npm run reader` in an empty environment but for `variables`, in a folder of its own. */
const start = (variables: Readonly<Record<string, string>>) => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'docs/examples/reader/start.ts')], {
    cwd: makeFolder(),
    env: { PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
  const ended = once(child, 'close').then(([status]) => status as number | null);
  // Its gateway is of a group of its own and ends with it.
  onTestFinished(() => void child.kill('SIGTERM'));
  return {
    ended,
    said,
    stop: () => child.kill('SIGTERM'),
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

const isServed = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const ADDRESSES = /Reader {3}(\S+)\/\n {2}Gateway {2}(\S+)\/\n/;

/** An embedded database takes its time to be made on a busy machine. */
const PATIENCE_MS = 60_000;

describe('npm run reader', { timeout: PATIENCE_MS }, () => {
  it('starts a gateway and the site in front of it, says where both are, and stops both', async () => {
    const reader = start({ GATEWAY_PORT: '0', READER_PORT: '0' });
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

  it('says what is wrong when the gateway cannot start', async () => {
    const reader = start({ GATEWAY_PORT: 'many' });
    expect(await reader.ended).toBe(1);
    expect(reader.said.stderr).toContain('PORT');
    expect(reader.said.stderr).toContain('reader: The gateway did not start');
    expect(reader.said.stderr).toContain('GATEWAY_URL=');
  });
});
