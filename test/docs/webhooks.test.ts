import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSigningSecret, signMessage } from '../../src/syndication/webhooks/sign-message.ts';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { readBlocks } from './read-examples.ts';

const EXAMPLES = join(PROJECT_ROOT, 'docs/examples/webhooks');
const page = readFileSync(join(PROJECT_ROOT, 'docs/syndication/webhooks.md'), 'utf8');
const body = JSON.stringify({ type: 'article.killed', data: { url: 'https://news.example/ar/خبر' } });
const message = { id: 'chg_1', body };
const hasPython = spawnSync('python3', ['--version']).status === 0;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('the page about webhooks', () => {
  it('quotes its examples as they are', () => {
    const files = { ts: 'receive.ts', python: 'verify.py' } as const;
    for (const { language, text } of readBlocks(page)) {
      if (language !== 'ts' && language !== 'python') continue;
      const file = readFileSync(join(EXAMPLES, files[language]), 'utf8');
      for (const line of text.split('\n')) expect(file).toContain(line);
    }
  });

  it('shows a receiver in Node that takes what we sign, and nothing else', async () => {
    const secret = createSigningSecret();
    const port = await pickFreePort();
    const receiver = spawn(process.execPath, [join(EXAMPLES, 'receive.ts')], {
      env: { PATH: process.env['PATH'], WEBHOOK_SECRET: secret, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void receiver.kill());
    await once(receiver.stdout, 'data');
    const post = async (of: string): Promise<number> => {
      const headers = { ...signMessage(message, [of], Date.now()) };
      return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
    };
    const said = once(receiver.stdout, 'data');
    expect([await post(secret), await post(createSigningSecret())]).toEqual([204, 401]);
    expect(String((await said)[0])).toBe('article.killed https://news.example/ar/خبر\n');
  });

  it.skipIf(!hasPython)('shows a check in Python that agrees', () => {
    const [secret, other] = [createSigningSecret(), createSigningSecret()];
    const check = (of: string, at: number, text = body): string =>
      execFileSync(
        'python3',
        [
          '-c',
          'import json, sys; from verify import verify; secret, headers, body = json.load(sys.stdin); print(verify(secret, headers, body.encode()))',
        ],
        {
          cwd: EXAMPLES,
          env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
          input: JSON.stringify([of, signMessage(message, [other, secret], at), text]),
        },
      )
        .toString()
        .trim();
    const now = Date.now();
    expect([check(secret, now), check(other, now)]).toEqual(['True', 'True']);
    expect([check(createSigningSecret(), now), check(secret, now - 600_000), check(secret, now, '{}')]).toEqual([
      'False',
      'False',
      'False',
    ]);
  });

  it.skipIf(!hasOpenssl)('shows a check by hand that gives our signature', () => {
    const secret = createSigningSecret();
    const headers = signMessage(message, [secret], Date.now());
    const lines =
      readBlocks(page).find(({ language, text }) => language === 'sh' && text.includes('openssl'))?.text ?? '';
    const signature = execFileSync('sh', ['-c', lines], {
      env: { PATH: process.env['PATH'], secret, id: message.id, timestamp: headers['webhook-timestamp'], body },
    });
    expect(`v1,${signature.toString().trim()}`).toBe(headers['webhook-signature']);
  });

  it('names every type of message, and every figure', () => {
    const types = readFileSync(join(PROJECT_ROOT, 'src/syndication/webhooks/message.ts'), 'utf8').matchAll(
      /'((?:article|webhook)\.\w+)'/g,
    );
    const figures = readFileSync(join(PROJECT_ROOT, 'src/telemetry/webhook-metrics.ts'), 'utf8').matchAll(
      /'(masthead_\w+)'/g,
    );
    for (const [, name = ''] of [...types, ...figures]) expect(page).toContain(`\`${name}`);
  });
});
