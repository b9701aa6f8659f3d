import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import type { Given } from '../../src/partners/deliveries/delivery.ts';
import type { Parts } from '../../src/wiring/parts.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { linesOf } from '../support/import-lines.ts';
import { runQuery } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';

const NOON = Date.UTC(2026, 5, 1, 12);
const clock = createWoundClock(NOON);
const TOKEN = 'correct-horse-battery-staple';

const QUERY = `query ($after: String, $first: Int, $editions: [EditionCode!]) {
  changes(after: $after, first: $first, editions: $editions) {
    cursor
    edges { cursor node { id kind articleId url edition occurredAt version article { id headline } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Line {
  readonly cursor: string;
  readonly id?: string;
  readonly kind?: string;
  readonly articleId?: string;
  readonly hasMore?: boolean;
}

describe('the changes that can be followed', () => {
  const given: Given[] = [];
  let app: TestApp;
  beforeAll(async () => {
    const deliveries: Parts['deliveries'] = (recorded) => ({ ...recorded, given: (one) => void given.push(one) });
    app = await createTestApp({ clock, variables: { ADMIN_TOKEN: TOKEN }, swap: { deliveries } });
  });
  afterAll(() => app.close());

  const publish = async (fields: object = {}): Promise<void> => {
    const line = {
      sourceId: 'followed',
      slug: 'followed',
      edition: 'en',
      headline: 'Followed',
      section: 'news/health',
      publishedAt: '2026-05-30T08:00:00Z',
      ...fields,
    };
    const target = { database: app.database, editions: app.config.editions, clock };
    expect((await importDocuments(target, linesOf([line]), { source: 'desk' })).bad).toEqual([]);
    await app.changes.step();
  };
  const get = async (query = '') => {
    const response = await app.server.inject({ url: `/changes${query}` });
    const lines = response.body.split('\n').slice(0, -1);
    return { ...response, status: response.statusCode, lines: lines.map((line) => JSON.parse(line) as Line) };
  };
  const toEnd = async (
    after?: string,
    first = 1000,
  ): Promise<{ readonly told: readonly Line[]; readonly cursor: string }> => {
    const told: Line[] = [];
    for (let query = `?first=${first}${after === undefined ? '' : `&after=${after}`}`; ;) {
      const { lines } = await get(query);
      const last = lines.pop();
      told.push(...lines);
      if (last?.hasMore !== true) return { told, cursor: last?.cursor ?? '' };
      query = `?first=${first}&after=${last.cursor}`;
    }
  };

  it('are one JSON object a line, and a last one that says where to go on', async () => {
    const { cursor } = await toEnd();
    await publish();
    const { status, headers, body, lines } = await get(`?after=${cursor}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(headers['cache-control']).toBe('private, no-store');
    expect(body.endsWith('\n')).toBe(true);
    expect(lines).toEqual([
      {
        cursor: expect.any(String),
        id: expect.stringMatching(/^chg_[0-9a-f]{8}_\d+$/),
        kind: 'PUBLISH',
        articleId: expect.stringMatching(/^art_en_/),
        url: expect.stringMatching(/\/en\/news\/health\/followed$/),
        edition: 'EN',
        occurredAt: '2026-06-01T12:00:00.000Z',
        version: 1,
      },
      { cursor: expect.any(String), hasMore: false },
    ]);
    expect((await get(`?after=${lines[0]?.cursor}`)).lines).toEqual([{ cursor: expect.any(String), hasMore: false }]);
  });

  it('are from the beginning all that can be seen, each article once or more, in pages of any length', async () => {
    const { told } = await toEnd();
    const standing = new Map<string, string>();
    for (const { articleId = '', kind = '' } of told) standing.set(articleId, kind);
    const gone = [...standing].filter(([, kind]) => kind === 'KILL').map(([id]) => id);
    const { data } = await runQuery(app, '{ editions { articles { totalCount } } }');
    const total = data.editions.reduce(
      (sum: number, one: { articles: { totalCount: number } }) => sum + one.articles.totalCount,
      0,
    );
    expect(standing.size - gone.length).toBe(total);
    expect((await toEnd(undefined, 7)).told).toEqual(told);
  });

  it('are the same in GraphQL, with the article as it stands', async () => {
    const { cursor } = await toEnd();
    await publish({ headline: 'Followed on' });
    const { headers, data, errors } = await runQuery(app, QUERY, { after: cursor });
    expect(errors).toEqual([]);
    const { lines } = await get(`?after=${cursor}`);
    const [{ cursor: place, ...change }] = lines as [Line];
    const article = { id: change.articleId, headline: 'Followed on' };
    const pageInfo = { hasNextPage: false, hasPreviousPage: true, startCursor: place, endCursor: place };
    expect(data.changes).toEqual({
      cursor: lines.at(-1)?.cursor,
      edges: [{ cursor: place, node: { ...change, article } }],
      pageInfo,
    });
    expect(headers['cache-control']).toMatch(/no-store/);
    const nothing = '{ node(id: $id) { id } article(id: $id) { id } }'.replaceAll('$id', JSON.stringify(change.id));
    expect(await runQuery(app, nothing)).toMatchObject({ errors: [], data: { node: null, article: null } });
    const empty = await runQuery(app, QUERY, { after: data.changes.cursor, first: 1 });
    expect(empty.data.changes).toMatchObject({ edges: [], pageInfo: { hasNextPage: false } });
  });

  it('are a kill when the change was acknowledged, and nothing of it afterwards', async () => {
    const { told, cursor } = await toEnd();
    const articleId = told.findLast(({ kind }) => kind !== 'KILL')?.articleId;
    const report = (kind: string) =>
      app.server.inject({
        method: 'POST',
        url: '/changes',
        headers: { authorization: `Bearer ${TOKEN}` },
        payload: { id: `${kind} ${articleId}`.replace(' ', '-'), changes: [{ kind, articleId }] },
      });
    expect((await report('KILL')).statusCode).toBeLessThan(300);
    expect((await toEnd(cursor)).told).toMatchObject([{ kind: 'KILL', articleId }]);
    const { data } = await runQuery(app, QUERY, { after: cursor });
    expect(data.changes.edges).toMatchObject([{ node: { kind: 'KILL', articleId, article: null } }]);
    await report('PUBLISH');
    expect((await toEnd(cursor)).told.at(-1)).toMatchObject({ kind: 'PUBLISH', articleId });
  });

  it('are of the editions that are asked for', async () => {
    const { lines } = await get('?editions=ar,es&first=1000');
    expect(new Set(lines.slice(0, -1).map((line) => (line as { edition?: string }).edition))).toEqual(
      new Set(['AR', 'ES']),
    );
    expect((await get(`?editions=en&after=${lines.at(-1)?.cursor}`)).json()).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it.each([
    ['?after=nonsense', 400, 'BAD_USER_INPUT'],
    ['?first=0', 400, 'BAD_USER_INPUT'],
    ['?first=1001', 400, 'BAD_USER_INPUT'],
    ['?first=ten', 400, 'BAD_USER_INPUT'],
    ['?editions=fr', 400, 'BAD_USER_INPUT'],
    ['?first=1&first=2', 400, 'BAD_REQUEST'],
  ])('refuse %s', async (query, status, code) => {
    const response = await get(query);
    expect(response).toMatchObject({ status });
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.json()).toMatchObject({ code });
  });

  it('refuse a page that is too long in GraphQL, and a cursor of something else', async () => {
    for (const variables of [{ first: 101 }, { first: 0 }, { after: 'nonsense' }])
      expect((await runQuery(app, QUERY, variables)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
  });

  it('answer HEAD without a line, and nothing was given by that', async () => {
    const headers = { authorization: `Bearer ${await addTestPartner(app.database, 'radio')}` };
    const urls = ['/changes', '/graphql?query={changes{cursor}}'];
    for (const url of urls) {
      const { statusCode, body } = await app.server.inject({ method: 'HEAD', url, headers });
      expect({ statusCode, body, given }).toEqual({ statusCode: 200, body: '', given: [] });
    }
    for (const url of urls) await app.server.inject({ url, headers });
    expect(given.filter(({ via }) => via === 'delta')).toMatchObject([{ partnerId: 'radio' }, { partnerId: 'radio' }]);
  });

  it('say that a cursor is of no use any more once the log was begun anew', async () => {
    const { cursor } = await toEnd();
    await app.changes.log.replaceEpoch((await app.changes.log.head()).epoch);
    await app.changes.step();
    expect((await get(`?after=${cursor}`)).json()).toMatchObject({ status: 410, code: 'CURSOR_EXPIRED' });
    expect((await runQuery(app, QUERY, { after: cursor })).errors).toMatchObject([
      { extensions: { code: 'CURSOR_EXPIRED' } },
    ]);
    expect((await toEnd()).told.length).toBeGreaterThan(0);
  });
});
