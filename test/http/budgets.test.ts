import { afterEach, describe, expect, it } from 'vitest';
import { createWoundClock } from '../support/wound-clock.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { openConnection, sendRaw, writeRequest, type RawAnswer } from './raw-connection.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const TOKEN = 'correct-horse-battery-staple';

let app: TestApp | undefined;
afterEach(async () => app?.close());

const start = async (variables: Readonly<Record<string, string>>) => {
  const clock = createWoundClock(NOW);
  app = await createTestApp({ clock, variables });
  const port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
  return { clock, app, port };
};

/** Costs 1. */
const query = (name = 'a'): string => `query ${name} { edition(code: EN) { name } }`;
const post = (text: string, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query: text }),
});
const seen = ({ status, headers }: RawAnswer) => [status, headers['retry-after'], headers['ratelimit']];

describe('what the anonymous may spend', () => {
  it('is anything, unless it is said', async () => {
    const { port } = await start({});
    for (let turn = 0; turn < 30; turn += 1) expect((await sendRaw(port, post(query(`q${turn}`)))).status).toBe(200);
  });

  it('is refused when it is spent, in the shape of GraphQL, and comes back with time', async () => {
    const { clock, port } = await start({ ANONYMOUS_MAX_COST_PER_MINUTE: '6' });
    for (let turn = 0; turn < 6; turn += 1) {
      const answer = await sendRaw(port, post(query(`q${turn}`)));
      // What anybody may keep does not say what one of them has left.
      expect(seen(answer)).toEqual([200, undefined, undefined]);
    }
    const refused = await sendRaw(port, post(query('one_more')));
    expect(seen(refused)).toEqual([429, ['10'], ['"cost";r=0;t=60']]);
    expect(refused.headers).toMatchObject({ 'cache-control': ['no-store'], 'ratelimit-policy': ['"cost";q=6;w=60'] });
    expect(JSON.parse(refused.body.toString())).toEqual({
      errors: [
        {
          message: 'Quota exhausted, retry in 10 s',
          extensions: { code: 'BUDGET_EXHAUSTED', retryAfterSeconds: 10 },
        },
      ],
    });
    clock.wind(10_000);
    expect((await sendRaw(port, post(query('one_more')))).status).toBe(200);
    expect((await sendRaw(port, post(query('and_one')))).status).toBe(429);
  });

  it('is a tenth for what is kept, on every way to it', async () => {
    const { port } = await start({ ANONYMOUS_MAX_COST_PER_MINUTE: '6' });
    const connection = await openConnection(port);
    const statuses: number[] = [];
    const states = new Set<string | undefined>();
    for (let turn = 0; turn < 60; turn += 1) {
      connection.write(writeRequest(post(query())));
      const answer = await connection.read();
      statuses.push(answer.status);
      states.add(answer.headers['cache-status']?.[0]?.split(';')[1]);
    }
    connection.socket.destroy();
    expect([...states]).toEqual([' fwd=miss', ' hit', undefined]);
    // Made once for 1, and for a tenth fifty times.
    expect(statuses.filter((status) => status === 200)).toHaveLength(51);
    expect(statuses.lastIndexOf(200)).toBe(50);
  });

  it('is taken once for what its connection is answered from', async () => {
    const { port } = await start({ ANONYMOUS_MAX_COST_PER_MINUTE: '100', ADMIN_TOKEN: TOKEN, PROBE_SECONDS: '0' });
    const connection = await openConnection(port);
    // Of one length, and so of one head: the second is known by its bytes before its own has ever been written.
    for (const name of ['a', 'a', 'a', 'b', 'b', 'b']) {
      connection.write(writeRequest(post(query(name))));
      expect((await connection.read()).status).toBe(200);
    }
    connection.socket.destroy();
    const headers = { authorization: `Bearer ${TOKEN}` };
    const figures = (await sendRaw(port, { method: 'GET', path: '/metrics', headers })).body.toString();
    const [, spent] = /masthead_budget_spent_total\{payer="anonymous"\} (\S+)/.exec(figures) ?? [];
    expect(Number(spent)).toBeCloseTo(2 * (1 + 0.1 + 0.1), 6);
  });

  it('is of each address, as far as proxies are trusted', async () => {
    const { port } = await start({ ANONYMOUS_MAX_COST_PER_MINUTE: '2', TRUST_PROXY: '1' });
    const spend = async (address: string): Promise<number[]> => {
      const statuses = [];
      for (const name of ['a', 'b', 'c'])
        statuses.push(
          (await sendRaw(port, post(query(`${name}${address.length}`), { 'x-forwarded-for': address }))).status,
        );
      return statuses;
    };
    expect(await spend('192.0.2.1')).toEqual([200, 200, 429]);
    expect(await spend('192.0.2.100')).toEqual([200, 200, 429]);
    // The same customer.
    expect(await spend('2001:db8:1:2::1')).toEqual([200, 200, 429]);
    expect(await spend('2001:db8:1:2:3::4')).toEqual([429, 429, 429]);
    // Whoever makes up an address in front of the trusted one is the same all the same.
    expect((await sendRaw(port, post(query('z'), { 'x-forwarded-for': '203.0.113.9, 192.0.2.1' }))).status).toBe(429);
  });
});
