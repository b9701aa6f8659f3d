import { afterEach, describe, expect, it } from 'vitest';
import { startMasthead, type ServingMasthead } from '../support/run-masthead.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const TOKEN = 'an-admin-token-for-tests';
const PAGE = '{ edition(code: EN) { articles(first: 3) { nodes { headline } } } }';

/** The whole process, with its database behind a wire that breaks. */
describe('masthead start, with its database away', () => {
  let proxy: TcpProxy;
  let drop: () => Promise<void>;
  let masthead: ServingMasthead;

  const start = async (degradedSeconds: string): Promise<void> => {
    const database = await createPostgresTestUrl();
    drop = database.drop;
    proxy = await startTcpProxy(database.url);
    masthead = await startMasthead({
      variables: { DATABASE_URL: proxy.url, DEGRADED_SECONDS: degradedSeconds, ADMIN_TOKEN: TOKEN },
    });
  };
  afterEach(async () => {
    masthead.signal('SIGTERM');
    await masthead.ended;
    await proxy.close();
    await drop();
  });

  const ask = async () => {
    const response = await fetch(`${masthead.url}/graphql?query=${encodeURIComponent(PAGE)}`);
    const { headers, status } = response;
    return {
      status,
      cacheStatus: headers.get('cache-status') ?? '',
      cacheControl: headers.get('cache-control') ?? '',
      body: await response.text(),
    };
  };
  const readiness = async () => {
    const response = await fetch(`${masthead.url}/readyz`);
    return { status: response.status, word: ((await response.json()) as { status: string }).status };
  };
  const until = async (word: string) => {
    for (;;) {
      const found = await readiness();
      if (found.word === word) return found;
    }
  };
  const report = (id: string) =>
    fetch(`${masthead.url}/changes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id, changes: [{ tags: ['list:en:all'] }] }),
    });

  it('serves what it holds as degraded, takes no change, and is whole again by itself', async () => {
    await start('300');
    const before = await ask();
    await proxy.refuse();
    expect(await until('degraded')).toEqual({ status: 200, word: 'degraded' });

    // The lease may still run for a moment after the log was found silent.
    let away = await ask();
    while (!away.cacheStatus.includes('degraded')) away = await ask();
    expect(away).toMatchObject({ status: 200, body: before.body, cacheControl: 'no-store' });

    const refused = await report('away');
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'CHANGE_NOT_RECORDED' });

    await proxy.pass();
    await until('ready');
    // The same id again: recorded now, once.
    const recorded = await report('away');
    expect(recorded.status).toBe(200);
    expect(await recorded.json()).toMatchObject({ gone: true, sequence: expect.any(Number) });
    const after = await ask();
    expect([after.status, after.body]).toEqual([200, before.body]);
    expect(after.cacheStatus).not.toContain('degraded');
    expect((await ask()).cacheStatus).toContain('hit');
  });

  it('answers 503 once nothing may be answered without the log any more', async () => {
    await start('1');
    await ask();
    await proxy.refuse();
    expect(await until('lost')).toEqual({ status: 503, word: 'lost' });
    const lost = await ask();
    expect([lost.status, lost.cacheControl]).toEqual([503, 'no-store']);
    await proxy.pass();
    await until('ready');
    expect((await ask()).status).toBe(200);
  });
});
