import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { graphqlAddress } from '../http/graphql-address.ts';
import { runQuery } from '../support/run-query.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { cold } from './operations.ts';
import { openTwoDatabases, type TwoDatabases } from './two-databases.ts';

const SOON = { timeout: 20_000, interval: 20 };
const MINUTE_MS = 60_000;

/** A notice of the server, well-formed: one text, then the end of it and of the list. */
const tenMegabytes = (): Buffer => {
  const notice = Buffer.alloc(10 * 1024 * 1024, 'x');
  notice.write('N');
  notice.writeUInt32BE(notice.length - 1, 1);
  notice.write('M', 5);
  notice.fill(0, notice.length - 2);
  return notice;
};

const FAULTS: readonly (readonly [name: string, begin: (wire: TcpProxy) => unknown])[] = [
  ['refuses', (wire) => wire.refuse()],
  ['hangs', (wire) => wire.hang()],
  ['is slow by 100 ms', (wire) => wire.slow(100)],
  ['is cut off, once', (wire) => wire.cut()],
  [
    'gives the language of another',
    (wire) => wire.distort(() => () => ({ bytes: Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n') })),
  ],
  [
    'gives half a reply, then the end',
    (wire) => wire.distort(() => (piece) => ({ bytes: piece.subarray(0, piece.length / 2), isLast: true })),
  ],
  [
    'gives ten megabytes before what it says',
    (wire) => wire.distort(() => (piece) => ({ bytes: Buffer.concat([tenMegabytes(), piece]) })),
  ],
];

describe('engagement in another PostgreSQL that', () => {
  const clock = createWoundClock(Date.UTC(2026, 10, 23, 12, 0, 0));
  let both: TwoDatabases;
  let app: App;
  let id: string;
  let readers = 0;

  beforeAll(async () => {
    both = await openTwoDatabases(clock);
    app = await both.open({ TRUST_PROXY: '1', STATEMENT_TIMEOUT_MS: '2000' });
    const { data } = await runQuery(app, '{ edition(code: AR) { articles(first: 1) { nodes { id } } } }');
    id = data.edition.articles.nodes[0].id;
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await both.close();
  });

  const savedViews = async (): Promise<number> => {
    const rows = await both.beirut.query('SELECT views FROM engagement_totals WHERE article_id = $1', [id]);
    return Number(rows[0]?.['views'] ?? 0);
  };
  /** What a page shows that is kept, its counters asked for again. */
  const viewsOn = async (page: string): Promise<number> => {
    clock.wind(5_000);
    const answer = await app.server.inject({ url: graphqlAddress({ query: page }) });
    const { data, errors } = answer.json();
    expect([answer.statusCode, errors]).toEqual([200, undefined]);
    return data.article.engagement.views;
  };
  /** How a view of `address` is answered: what is said of which store; nothing, if it is taken. */
  const view = async (address: string): Promise<readonly string[]> => {
    const query = 'mutation ($id: ID!) { recordEngagement(input: { articleId: $id, kind: VIEW }) { article { id } } }';
    const { errors } = await runQuery(app, query, { id }, { 'x-forwarded-for': address });
    return errors.map(({ extensions }) => `${String(extensions['code'])} ${String(extensions['store'])}`);
  };

  it.each(FAULTS)(
    '%s: kept pages show what was last known, and a view told again is counted once',
    async (_, begin) => {
      clock.wind(MINUTE_MS - (clock.now() % MINUTE_MS));
      const before = await savedViews();
      const page = cold(`{ article(id: "${id}") { headline engagement { views } } }`);
      expect(await viewsOn(page)).toBe(before);
      readers += 1;
      const address = `10.6.0.${readers}`;

      await begin(both.wire);
      expect(await viewsOn(page)).toBe(before);
      for (const said of await view(address)) expect(said).toMatch(/^STORE_(FAILED|TIMEOUT) beirut$/);
      await both.wire.pass();
      // It may have been counted, and its answer lost.
      await expect.poll(() => view(address), SOON).toEqual([]);
      expect(await savedViews()).toBe(before + 1);
      await expect.poll(() => viewsOn(page), SOON).toBe(before + 1);
    },
    120_000,
  );
});
