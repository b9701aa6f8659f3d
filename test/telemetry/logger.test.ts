import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const LOGGER = resolve(import.meta.dirname, '../../src/telemetry/logger.ts');

/** What a process that runs `body` with a logger of this level writes. */
const run = (level: string, body: string) => {
  const program = `import { createLogger } from ${JSON.stringify(LOGGER)}; const logger = createLogger(${JSON.stringify(level)}, 'west-1'); ${body}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  return { stdout, stderr, status, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe('createLogger', () => {
  it('writes one JSON object a line to standard error, and nothing to standard output', () => {
    const { stdout, lines } = run(
      'info',
      `logger.info({ requestId: 'r1' }, 'one\\ntwo'); logger.warn('three'); logger.debug('not this');`,
    );
    expect(stdout).toBe('');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        process: 'west-1',
        requestId: 'r1',
        msg: 'one\ntwo',
      },
      { level: 'warn', time: expect.any(String), process: 'west-1', msg: 'three' },
    ]);
  });

  it('writes where an error arose and the chain of its causes', () => {
    const { lines } = run(
      'info',
      `const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
       logger.error({ error: new TypeError('outer', { cause }) }, 'failed');`,
    );
    expect(lines[0]).toMatchObject({
      level: 'error',
      error: {
        type: 'TypeError',
        message: 'outer',
        stack: expect.stringContaining('TypeError: outer'),
        cause: { type: 'Error', message: 'refused', code: 'ECONNREFUSED' },
      },
    });
  });

  it('survives an error that is its own cause', () => {
    const { lines, status } = run(
      'info',
      `const error = new Error('loop'); error.cause = error; logger.error({ error }, 'failed'); logger.info('after');`,
    );
    expect(status).toBe(0);
    expect(lines.map(({ msg }) => msg)).toEqual(['failed', 'after']);
  });

  it('writes no credentials', () => {
    const { stderr } = run(
      'info',
      `const headers = { authorization: 'Bearer hunter2', 'x-api-key': 'hunter2', accept: 'a/b' };
       logger.info({ headers }, 'one'); logger.info({ request: headers }, 'two'); logger.info({ request: { headers } }, 'three');
       logger.info(headers, 'four');`,
    );
    expect(stderr).toContain('a/b');
    expect(stderr).not.toContain('hunter2');
  });

  it('is silent when told to be', () => {
    expect(run('silent', `logger.fatal('not this');`).stderr).toBe('');
  });
});
