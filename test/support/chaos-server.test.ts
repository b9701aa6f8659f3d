import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, OutboundError, type OutboundAnswer } from '../../src/outbound/http-client.ts';
import { CHAOS_MODES, startChaosServer, type ChaosMode, type ChaosServer } from './chaos-server.ts';

const WELL = { id: 7, title: 'Grain', isOpen: true, tags: ['port'], note: null };

/** How each looks to a client that takes 1 MB, and gives 300 ms to what never ends: a status and type, or why there was no answer. */
const SEEN: Readonly<Record<ChaosMode, string>> = {
  refuse: 'unreachable ECONNREFUSED',
  reset: 'unreachable',
  hang: 'deadline',
  slow: 'deadline',
  lie: '200 text/html; charset=utf-8',
  'lie-in-json': '200 application/json; charset=utf-8',
  'wrong-shape': '200 application/json; charset=utf-8',
  'wrong-types': '200 application/json; charset=utf-8',
  nest: '200 application/json; charset=utf-8',
  truncate: 'unreachable',
  cut: 'unreachable',
  huge: 'too-large',
  bomb: 'too-large',
  'too-many': '429 application/json; charset=utf-8',
  unavailable: '503 application/json; charset=utf-8',
  broken: '500 application/json; charset=utf-8',
  redirect: '302 application/json; charset=utf-8',
};

describe('startChaosServer', () => {
  let chaos: ChaosServer;
  beforeAll(async () => {
    chaos = await startChaosServer(() => ({ body: JSON.stringify(WELL) }));
  });
  afterAll(() => chaos.close());
  beforeEach(async () => {
    await chaos.behave('well');
    chaos.takeRequests();
  });

  const client = createHttpClient();
  const ask = (deadlineMs = 10_000): Promise<OutboundAnswer> =>
    client.send({ url: `${chaos.url}/posts?page=1`, deadlineMs });
  const look = (deadlineMs?: number): Promise<string> =>
    ask(deadlineMs).then(
      ({ status, headers }) => `${status} ${headers.get('content-type')}`,
      (error: unknown) => (error instanceof OutboundError ? `${error.reason} ${error.code ?? ''}`.trim() : 'a mistake'),
    );
  const bodyOf = async (mode: ChaosMode): Promise<string> => {
    await chaos.behave(mode);
    return (await ask()).body.toString();
  };

  it('answers well until told otherwise, and tells what it was asked', async () => {
    expect(JSON.parse((await ask()).body.toString())).toEqual(WELL);
    expect(chaos.takeRequests()).toMatchObject([{ method: 'GET', url: '/posts?page=1', body: '' }]);
    expect(chaos.takeRequests()).toEqual([]);
  });

  it.each(CHAOS_MODES)('%s, and is well again when told so', async (mode) => {
    await chaos.behave(mode);
    // What breaks a connection has several names.
    expect(await look(SEEN[mode] === 'deadline' ? 300 : 10_000)).toMatch(new RegExp(`^${SEEN[mode]}`));
    await chaos.behave('well');
    expect(JSON.parse((await ask()).body.toString())).toEqual(WELL);
  });

  it('fails as often as told, and is well then', async () => {
    await chaos.behave('unavailable', { times: 2 });
    expect([await look(), await look(), await look()].map((seen) => seen.slice(0, 3))).toEqual(['503', '503', '200']);
  });

  it('lies in JSON of every kind', async () => {
    expect(JSON.parse(await bodyOf('wrong-types'))).toEqual({
      id: { of: '7' },
      title: 7,
      isOpen: 'yes',
      tags: [7],
      note: ['nothing'],
    });
    expect(JSON.parse(await bodyOf('wrong-shape'))).toEqual([7, 'Grain', true, ['port'], null]);
    expect(await bodyOf('lie-in-json')).toContain('<p>');
  });

  it('says when to ask again', async () => {
    await chaos.behave('too-many');
    expect((await ask()).headers.get('retry-after')).toBe('1');
    chaos.retryAfter(null);
    expect((await ask()).headers.get('retry-after')).toBeNull();
    chaos.retryAfter(1);
  });
});
