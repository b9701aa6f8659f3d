import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/errors.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const PROGRAM = resolve(import.meta.dirname, 'processes/answer-failures.ts');
const ADMIN_TOKEN = 'correct-horse-battery-staple';
const PASSWORD = 'pass-of-the-database';

interface Answer {
  readonly name: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Run {
  readonly answers: readonly Answer[];
  readonly log: string;
}

const run = async (nodeEnv: string | undefined, databaseUrl: string): Promise<Run> => {
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      ...(nodeEnv === undefined ? {} : { NODE_ENV: nodeEnv }),
      // Apollo would report to its makers.
      APOLLO_KEY: 'service:masthead:key',
      APOLLO_GRAPH_REF: 'masthead@current',
      DATABASE_URL: databaseUrl,
      ADMIN_TOKEN,
      LOG_LEVEL: 'trace',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, log] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const answers = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
  return { answers, log };
};

const NODE_ENVS = ['development', 'production', 'test', undefined] as const;
const FAILURES = ['error', 'error with a status, a code and extensions', 'GraphQL error', 'store error', 'text'];

let runs: ReadonlyMap<string | undefined, Run>;
let databaseUrl: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createPostgresTestUrl();
  ({ url: databaseUrl, drop } = database);
  runs = new Map(await Promise.all(NODE_ENVS.map(async (name) => [name, await run(name, databaseUrl)] as const)));
});
afterAll(() => drop());

/** What gives away how the gateway is built or where it runs. */
const TELL_TALES = [
  /tell-tale/,
  /SELECT /,
  /password/i,
  /\.[jt]s\b/,
  /\bat .+:\d+:\d+/,
  /stack/i,
  /\/srv|\/work|\/home|\/tmp|node_modules|file:/,
  /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|localhost|db\.internal/,
  /ECONNREFUSED|FST_ERR|APOLLO|Apollo/,
];

/** Everything asked of these gateways fails but the probe, and the figures of the one whose metrics are whole. */
const isFailed = ({ url, status }: Answer): boolean => url === '/graphql' || (url !== '/readyz' && status !== 200);

const codesOf = (body: string): readonly string[] => {
  const { errors, code } = JSON.parse(body);
  return errors === undefined ? [code] : errors.map((error: any) => error.extensions.code); // oxlint-disable-line typescript/no-explicit-any -- whatever came
};

describe.each(NODE_ENVS)('a failing gateway with NODE_ENV %s', (nodeEnv) => {
  const answers = (): readonly Answer[] => runs.get(nodeEnv)?.answers ?? [];

  it('answers everything it is asked', () => {
    expect(answers()).toHaveLength((2 * FAILURES.length + 1) * 5);
  });

  it('shows no stack, SQL, path or address in any body or header', () => {
    for (const { headers, body } of answers().filter(isFailed)) {
      const shown = `${JSON.stringify(headers)}\n${body}`;
      for (const tellTale of TELL_TALES) expect(shown).not.toMatch(tellTale);
    }
  });

  it('gives every failure a code of the table, and nothing else but its place and store', () => {
    for (const { body } of answers().filter(isFailed))
      for (const code of codesOf(body)) expect(FAULTS).toHaveProperty(code);
    const graphql = answers().filter(({ url, name }) => url === '/graphql' && name !== 'closed database');
    for (const { status, headers, body } of graphql) {
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      const { errors } = JSON.parse(body);
      expect(errors.length).toBeGreaterThan(0);
      for (const { message, locations, path, extensions, ...rest } of errors) {
        expect(rest).toEqual({});
        expect(['Internal error', 'postgres failed']).toContain(message);
        expect([locations.length, path[0]]).toEqual([1, 'edition']);
        expect(extensions).toEqual(
          message === 'Internal error' ? { code: 'INTERNAL' } : { code: 'STORE_FAILED', store: 'postgres' },
        );
      }
    }
    const seen = new Set(graphql.flatMap(({ body }) => codesOf(body)));
    expect([...seen].toSorted()).toEqual(['INTERNAL', 'STORE_FAILED']);
  });

  it('is unavailable when it cannot even tell what has changed', () => {
    const [closed] = answers().filter(({ url, name }) => url === '/graphql' && name === 'closed database');
    expect([closed?.status, closed?.headers['cache-control']]).toEqual([503, 'no-store']);
    expect(JSON.parse(closed?.body ?? '')).toEqual({
      errors: [
        {
          message: 'What has changed is not known: the change log cannot be read',
          extensions: { code: 'STORE_FAILED' },
        },
      ],
    });
  });

  it('logs the cause of each under the id of its request', () => {
    const lines = (runs.get(nodeEnv)?.log ?? '').split('\n').filter((line) => line !== '');
    const logged = lines.map((line) => JSON.parse(line) as { requestId?: string; level: string });
    for (const failure of FAILURES.flatMap((name) => [name, `no store: ${name}`])) {
      const id = failure.replaceAll(/\W+/g, '-');
      const ofIt = logged.filter(({ requestId, level }) => requestId === id && level === 'error');
      expect([failure, ofIt.length > 1]).toEqual([failure, true]);
      for (const line of ofIt) expect(JSON.stringify(line)).toContain('tell-tale: SELECT password');
    }
    const ofClosed = logged.filter(({ requestId }) => requestId === 'closed-database');
    expect(JSON.stringify(ofClosed)).toContain('the change log cannot be read');
    expect(logged.some((line) => JSON.stringify(line).includes('"closed"'))).toBe(true);
  });

  it('never logs the admin token or the password of the database', () => {
    const { log = '' } = runs.get(nodeEnv) ?? {};
    expect(log).toContain('request failed');
    expect(log).not.toContain(ADMIN_TOKEN);
    expect(log).not.toContain(new URL(databaseUrl).password);
  });
});

describe('a gateway whose database was never there', () => {
  it('keeps its address from clients and its password from the log', async () => {
    // Nobody listens on the first port of a machine.
    const { answers, log } = await run('development', `postgres://masthead:${PASSWORD}@127.0.0.1:1/content`);
    expect(answers.length).toBeGreaterThan(0);
    for (const { headers, body } of answers.filter(isFailed))
      for (const tellTale of TELL_TALES) expect(`${JSON.stringify(headers)}\n${body}`).not.toMatch(tellTale);
    expect(log).not.toContain(PASSWORD);
  });
});
