import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewChange } from '../../src/changes/change.ts';
import { tagOf } from '../../src/content/tags.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { graphqlAddress } from './graphql-address.ts';
import { openConnection, sendRaw, writeRequest, type RawConnection } from './raw-connection.ts';
import { countParsedRequests, countRoutedRequests } from './routed-requests.ts';

const clock = createWoundClock(Date.UTC(2026, 5, 1, 12));
const routed = countRoutedRequests();
const parsed = countParsedRequests();
let app: TestApp;
let port: number;
beforeAll(async () => {
  app = await createTestApp({ clock, variables: { PROBE_SECONDS: '0' } });
  port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(async () => {
  routed.stop();
  parsed.stop();
  await app.close();
});

const QUERY = '{ edition(code: EN) { article(slug: "night-train-returns-to-the-coast") { headline } } }';

const REQUEST = { method: 'GET', path: graphqlAddress({ query: QUERY }) };

const changeOf = (more: Partial<NewChange>): NewChange => ({
  kind: 'PURGE',
  articleId: null,
  edition: null,
  tags: [tagOf.slug('EN', 'article', 'night-train-returns-to-the-coast')],
  version: null,
  isSoft: false,
  tombstone: null,
  ...more,
});
const append = async (change: NewChange): Promise<void> => {
  await app.changes.append(randomUUID(), [change]);
  await app.changes.step();
};

const overNewConnections = () => sendRaw(port, REQUEST);

let connection: RawConnection | undefined;
afterAll(() => connection?.socket.destroy());
const overOneConnection = async () => {
  connection ??= await openConnection(port);
  connection.write(writeRequest(REQUEST));
  return connection.read();
};

describe.each([
  { where: 'the router', count: routed.count, send: overNewConnections },
  { where: 'the parser', count: parsed.count, send: overOneConnection },
])('what stands before $where', ({ count, send }) => {
  /** Whether a request was answered there, and its headers. */
  const ask = async () => {
    // The door stands open for as long as the lease runs, which a busy machine may let run out.
    await app.changes.step();
    const before = count();
    const { headers } = await send();
    return { isAtDoor: count() === before, headers };
  };
  /** Until all is learnt: the answer first, then its head, in this second. */
  const untilKnown = async (): Promise<void> => {
    await ask();
    await ask();
    expect((await ask()).isAtDoor).toBe(true);
  };

  it.each(['PURGE', 'KILL'] as const)('sends nothing from before a change, once that is taken in: %s', async (kind) => {
    await untilKnown();
    await append(changeOf({ kind }));
    expect((await ask()).isAtDoor).toBe(false);
    await untilKnown();
  });

  it('goes on sending what a change did not touch', async () => {
    await untilKnown();
    await append(changeOf({ tags: [tagOf.slug('EN', 'article', 'another')] }));
    expect((await ask()).isAtDoor).toBe(true);
  });

  it('sends nothing past its age, and says at every second how much is left', async () => {
    await append(changeOf({}));
    await untilKnown();
    for (const [wound, left, maxAge] of [
      [0, 300, 10],
      [1_000, 299, 10],
      [500, 298, 10],
      [297_500, 1, 1],
    ] as const) {
      clock.wind(wound);
      // Whoever repeats a head has it written anew in every second.
      await ask();
      const { isAtDoor, headers } = await ask();
      expect([isAtDoor, headers['cache-status'], headers['cache-control']]).toEqual([
        true,
        [`masthead; hit; ttl=${left}`],
        [`public, max-age=${maxAge}`],
      ]);
    }
    clock.wind(1_000);
    expect((await ask()).isAtDoor).toBe(false);
  });
});
