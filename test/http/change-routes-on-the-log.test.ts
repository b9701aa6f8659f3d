import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { idOf } from '../../src/content/ids.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { linesOf } from '../support/import-lines.ts';
import { createTestApp, createTestConfig, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { graphqlAddress } from './graphql-address.ts';
import { readFailure } from './coded.ts';

const TOKEN = 'correct-horse-battery-staple';
const clock = createWoundClock(Date.UTC(2026, 5, 1, 12));
const article = (sourceId: string, fields: object = {}) => ({
  sourceId,
  slug: sourceId,
  edition: 'en',
  headline: `Headline of ${sourceId}`,
  section: 'news/health',
  publishedAt: '2026-05-30T08:00:00Z',
  ...fields,
});

describe('POST /changes, two processes on one log', () => {
  let here: TestApp;
  let there: App;
  beforeAll(async () => {
    const variables = { ADMIN_TOKEN: TOKEN, PROCESS_NAME: 'here', DEGRADED_SECONDS: '300' };
    here = await createTestApp({ clock, variables });
    // A log that has stood for a while: in a new one somebody may still trust the one before.
    await here.database.query(`UPDATE change_log_head SET epoch_since = now() - interval '1 hour'`);
    there = await createApp(createTestConfig({ PROCESS_NAME: 'there' }), here.database, { clock });
    await there.changes.start();
  });
  afterAll(async () => {
    await there.close();
    await here.close();
  });

  const post = (body: object) =>
    here.server.inject({
      method: 'POST',
      url: '/changes',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: body,
    });
  const publish = async (...documents: readonly object[]): Promise<void> => {
    const { bad } = await importDocuments(
      { database: here.database, editions: here.config.editions, clock },
      linesOf(documents),
      { source: 'desk' },
    );
    expect(bad).toEqual([]);
    // One moves what was written into the log, the other may have been doing so: both have read it only after a second turn.
    for (const app of [here, there, here, there]) await app.changes.step();
  };
  const stateOf = async (app: App, query: string): Promise<'hit' | 'miss'> => {
    const { headers } = await app.server.inject({ url: graphqlAddress({ query }) });
    return /; hit;/.test(String(headers['cache-status'])) ? 'hit' : 'miss';
  };
  const askTwice = async (query: string): Promise<void> => {
    for (const app of [here, there]) {
      await stateOf(app, query);
      expect(await stateOf(app, query)).toBe('hit');
    }
  };
  const idOfArticle = (key: string) => idOf.article('EN', 'desk', key);
  const bySlug = (slug: string): string => `{ edition(code: EN) { article(slug: "${slug}") { headline } } }`;
  const recorded = async () =>
    here.database.query<{ kind: string; tags: readonly string[] }>(
      'SELECT kind, tags FROM change_log ORDER BY sequence DESC LIMIT 3',
    );

  it('leaves no answer from before in any process once it says gone', async () => {
    await publish(article('tide'));
    const query = bySlug('tide');
    await askTwice(query);
    await askTwice(bySlug('night-train'));
    const response = await post({ id: 'update-tide', changes: [{ kind: 'UPDATE', articleId: idOfArticle('tide') }] });
    expect(response.json()).toMatchObject({ gone: true });
    expect(await Promise.all([here, there].map((app) => stateOf(app, query)))).toEqual(['miss', 'miss']);
    // Another article's answers stay.
    expect(await stateOf(there, bySlug('night-train'))).toBe('hit');
  });

  it('ends the answers that carry a tag, by whatever form of it', async () => {
    await publish(article('moon'));
    await askTwice(bySlug('moon'));
    expect((await post({ id: 'purge-moon', changes: [{ tags: ['Slug:EN:article:moon'] }] })).statusCode).toBe(200);
    expect(await Promise.all([here, there].map((app) => stateOf(app, bySlug('moon'))))).toEqual(['miss', 'miss']);
  });

  it('ends narrowed lists with the list that is named', async () => {
    const query =
      '{ edition(code: EN) { articles(first: 3, filter: { kinds: [OPINION], breaking: false }) { totalCount } } }';
    await askTwice(query);
    expect((await post({ id: 'purge-lists', changes: [{ tags: ['list:en:all'] }] })).statusCode).toBe(200);
    expect(await stateOf(there, query)).toBe('miss');
  });

  it('records a request once however often it is sent, even when the article has moved on meanwhile', async () => {
    await publish(article('gull'));
    const body = { id: 'update-gull', changes: [{ kind: 'UPDATE', articleId: idOfArticle('gull') }] };
    const first = (await post(body)).json();
    await publish(article('gull', { section: 'videos', headline: 'Gulls move inland' }));
    const again = await post(body);
    expect(again.statusCode).toBe(200);
    // How far everybody has read: what was published in between lies behind the first.
    const said = again.json();
    expect([said.gone, said.sequence > first.sequence]).toEqual([true, true]);
    const [{ count } = {}] = await here.database.query(
      `SELECT count(*)::int FROM change_log WHERE article_id = $1 AND kind = 'UPDATE' AND sequence >= $2`,
      [idOfArticle('gull'), first.sequence],
    );
    // The report, and what the import said of itself.
    expect(count).toBe(2);
  });

  it('refuses an id that stands for other changes', async () => {
    await post({ id: 'taken', changes: [{ tags: ['search:en'] }] });
    const refused = readFailure(await post({ id: 'taken', changes: [{ tags: ['search:ar'] }] }));
    expect(refused).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(refused.message).toContain('"taken" was used for other changes');
    const soft = readFailure(await post({ id: 'taken', changes: [{ tags: ['search:en'], soft: true }] }));
    expect(soft).toMatchObject({ status: 400 });
  });

  it('appends all changes of a request together, in their order', async () => {
    const changes = [{ tags: ['search:en'] }, { tags: ['search:ar'] }, { tags: ['search:es'] }];
    const { sequence } = (await post({ id: 'three', changes })).json();
    expect((await recorded()).map(({ tags }) => tags[0])).toEqual(['search:es', 'search:ar', 'search:en']);
    const [{ head } = {}] = await here.database.query('SELECT sequence AS head FROM change_log_head');
    expect(Number(head)).toBe(sequence);
  });

  it('hides a killed article everywhere, whatever its store says, until it is published again', async () => {
    await publish(article('ferry'));
    const query = bySlug('ferry');
    const read = async (app: App) => (await app.server.inject({ url: graphqlAddress({ query }) })).json().data.edition;
    expect(await read(there)).toEqual({ article: { headline: 'Headline of ferry' } });
    const killed = await post({ id: 'kill-ferry', changes: [{ kind: 'KILL', articleId: idOfArticle('ferry') }] });
    expect(killed.json()).toMatchObject({ gone: true });
    const [row] = await here.database.query('SELECT withdrawn_at FROM articles WHERE id = $1', [idOfArticle('ferry')]);
    expect(row).toEqual({ withdrawn_at: null });
    expect(await Promise.all([read(here), read(there)])).toEqual([{ article: null }, { article: null }]);

    await post({ id: 'publish-ferry', changes: [{ kind: 'PUBLISH', articleId: idOfArticle('ferry') }] });
    expect(await read(there)).toEqual({ article: { headline: 'Headline of ferry' } });
  });

  it('names a process that was cut off while it may still answer from before', async () => {
    await here.database.query(
      `INSERT INTO lapsed (life, process, until) VALUES (gen_random_uuid(), 'west-1', '2126-11-23T12:05:00Z')`,
    );
    const response = await post({ id: 'while-cut-off', changes: [{ tags: ['search:en'] }] });
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({
      sequence: expect.any(Number) as number,
      pending: [{ process: 'west-1', until: '2126-11-23T12:05:00.000Z' }],
    });
    await here.database.query(`DELETE FROM lapsed`);
    // Sent again, it is told how it stands by then.
    const again = await post({ id: 'while-cut-off', changes: [{ tags: ['search:en'] }] });
    expect(again.json()).toMatchObject({ sequence: response.json().sequence, gone: true });
  });
});
