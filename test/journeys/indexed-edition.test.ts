import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import type { IndexedStore } from '../../src/wiring/index-stores.ts';
import { createDesk, type Desk } from '../support/desk-source.ts';
import { moveToDesk } from '../support/move-to-desk.ts';
import { runQuery } from '../support/run-query.ts';
import { HOOK_SECRET, sendHook } from '../support/sign-hook.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock, type WoundClock } from '../support/wound-clock.ts';
import { cold, DEMO_VARIABLES, OPERATIONS, readOperation, type OperationName } from './operations.ts';

/** Calls of the source for stories that each operation takes at most, cold. */
const CALLS: Readonly<Record<OperationName, number>> = {
  'article-page': 6,
  'front-page': 4,
  'section-listing': 1,
  search: 1,
};

const storeOf = (desk: Desk, more: Partial<IndexedStore> = {}): IndexedStore => ({
  name: 'desk',
  edition: 'EN',
  source: desk.source,
  sourceName: 'demo',
  sweepSeconds: 60,
  inventorySeconds: 900,
  lagSeconds: 5,
  hookSecret: HOOK_SECRET,
  ...more,
});

describe('an edition whose stories live elsewhere', () => {
  let clock: WoundClock;
  let desk: Desk;
  let app: TestApp;
  /** The same newsroom, read from the tables. */
  let plain: TestApp;
  beforeAll(async () => {
    clock = createWoundClock(Date.now());
    desk = createDesk({ clock });
    app = await createTestApp({ clock, swap: { indexedStores: [storeOf(desk)] } });
    plain = await createTestApp({ clock });
    await moveToDesk(app.database, 'EN', desk);
  });
  afterAll(async () => {
    await app.close();
    await plain.close();
  });

  const keeper = () => app.keepers.get('desk');
  const read = async (query: string, variables: object = {}) => await runQuery(app, query, { ...variables });
  const readStory = async (slug: string) => {
    const { data } = await read(
      'query ($slug: String!) { edition(code: EN) { article(slug: $slug) { id headline section { path } body { ... on Paragraph { text } } } } }',
      { slug },
    );
    return data.edition.article;
  };
  const slugs = async (): Promise<readonly string[]> => {
    const { data } = await read('{ edition(code: EN) { articles(first: 3) { nodes { slug } } } }');
    return data.edition.articles.nodes.map(({ slug }: { slug: string }) => slug);
  };

  it('takes over what the database holds of it, unchanged, and says until then that it is being built', async () => {
    expect(keeper()?.state()).toBe('building');
    const [before] = await app.database.query('SELECT sum(version)::integer AS versions FROM articles');
    expect(await keeper()?.runDue('inventory')).toBe(true);
    const [after] = await app.database.query('SELECT sum(version)::integer AS versions FROM articles');
    expect(keeper()?.state()).toBe('ok');
    const [bad] = await app.database.query(
      'SELECT count(*)::integer AS bad FROM index_stories WHERE bad_reason IS NOT NULL',
    );
    expect([after, bad]).toEqual([before, { bad: 0 }]);
  });

  it.each(OPERATIONS)('%s: answers as the database does, with few calls', async (name) => {
    const variables = DEMO_VARIABLES.EN[name];
    const before = desk.calls.stories;
    const answer = await read(cold(readOperation(name)), variables);
    const calls = desk.calls.stories - before;
    expect(answer.errors).toEqual([]);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThanOrEqual(CALLS[name]);
    expect(answer.data).toEqual((await runQuery(plain, cold(readOperation(name)), variables)).data);
  });

  it('shows what is published as soon as the hook is answered, and what is corrected, moved and taken back', async () => {
    clock.wind(60_000);
    expect(await readStory('storm')).toBeNull();
    const before = await slugs();
    desk.put('storm', { slug: 'storm', headline: 'Storm', sectionPaths: ['news'], html: '<p>It came.</p>' });
    const published = await sendHook(app, [{ kind: 'PUBLISH', sourceId: 'storm' }]);
    expect(published.statusCode).toBe(200);
    expect(published.json()).toMatchObject({ gone: true });
    expect(await readStory('storm')).toMatchObject({ headline: 'Storm', body: [{ text: 'It came.' }] });
    expect(await slugs()).toEqual(['storm', ...before.slice(0, 2)]);

    clock.wind(10_000);
    desk.put('storm', { headline: 'Storm passes', html: '<p>It went.</p>' });
    await sendHook(app, [{ kind: 'UPDATE', sourceId: 'storm' }]);
    expect(await readStory('storm')).toMatchObject({ headline: 'Storm passes', body: [{ text: 'It went.' }] });

    clock.wind(10_000);
    desk.put('storm', { slug: 'storm-passes', sectionPaths: ['news/politics'] });
    await sendHook(app, [{ kind: 'UPDATE', sourceId: 'storm' }]);
    expect(await readStory('storm-passes')).toMatchObject({ section: { path: 'news/politics' } });

    // The source goes on to show it: the report of a withdrawal is carried out all the same.
    const killed = await sendHook(app, [{ kind: 'KILL', sourceId: 'storm' }]);
    expect(killed.json()).toMatchObject({ gone: true });
    expect(await readStory('storm-passes')).toBeNull();
    expect(await slugs()).toEqual(before);
    for (const path of ['news/politics/storm-passes', 'news/storm']) {
      const { data } = await read('query ($url: URL!) { route(url: $url) { status } }', {
        url: `https://news.example/en/${path}`,
      });
      expect(data.route.status).toBe('GONE');
    }

    clock.wind(10_000);
    desk.put('storm');
    await sendHook(app, [{ kind: 'PUBLISH', sourceId: 'storm' }]);
    expect(await readStory('storm-passes')).not.toBeNull();
  });

  it('is recorded once, however often it is sent', async () => {
    clock.wind(10_000);
    desk.put('storm', { headline: 'Sent twice' });
    const changes = [{ kind: 'UPDATE', sourceId: 'storm' }];
    const first = await sendHook(app, changes, { id: 'again' });
    const second = await sendHook(app, changes, { id: 'again' });
    expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
    const rows = await app.database.query('SELECT sequence FROM change_requests WHERE id = $1', ['desk/again']);
    expect(rows).toHaveLength(1);
  });

  it('tells again what was told before it showed', async () => {
    clock.wind(10_000);
    expect(await readStory('storm-passes')).toMatchObject({ headline: 'Sent twice' });
    desk.freeze();
    desk.put('storm', { headline: 'At last' });
    expect((await sendHook(app, [{ kind: 'UPDATE', sourceId: 'storm' }])).statusCode).toBe(200);
    // Made from the old after it was told: kept, and true of what the source says.
    expect(await readStory('storm-passes')).toMatchObject({ headline: 'Sent twice' });
    desk.thaw();
    clock.wind(5_000);
    await keeper()?.catchUp();
    await app.changes.step();
    expect(await readStory('storm-passes')).toMatchObject({ headline: 'At last' });
  });

  it('ends what was kept of a story when its source cannot be read, and never answers the old', async () => {
    clock.wind(10_000);
    expect(await readStory('storm-passes')).toMatchObject({ headline: 'At last' });
    desk.put('storm', { headline: 'Unread' });
    desk.fail('STORE_FAILED');
    expect((await sendHook(app, [{ kind: 'UPDATE', sourceId: 'storm' }])).statusCode).toBe(200);
    const { data, errors } = await read('{ edition(code: EN) { article(slug: "storm-passes") { headline } } }');
    expect([data.edition.article, errors[0]?.extensions]).toMatchObject([
      null,
      { code: 'STORE_FAILED', store: 'desk' },
    ]);
    // Of its own editions only.
    expect((await read('{ edition(code: ES) { articles(first: 1) { nodes { slug } } } }')).errors).toEqual([]);
    desk.fail(undefined);
    // Errors are held against herds for two seconds.
    clock.wind(5_000);
    await keeper()?.catchUp();
    await app.changes.step();
    expect(await readStory('storm-passes')).toMatchObject({ headline: 'Unread' });
  });

  it('shows within a sweep what nobody told of, and what was deleted within an inventory or when it is next read', async () => {
    clock.wind(60_000);
    await keeper()?.runDue('sweep');
    await app.changes.step();
    const before = await slugs();
    desk.put('quiet', { slug: 'quiet', sectionPaths: ['news'] });
    clock.wind(60_000);
    await keeper()?.runDue('sweep');
    await app.changes.step();
    expect(await slugs()).toEqual(['quiet', ...before.slice(0, 2)]);
    desk.remove('quiet');
    clock.wind(900_000);
    await keeper()?.runDue('inventory');
    await app.changes.step();
    expect(await slugs()).toEqual(before);
  });

  it('renames a tag in every answer, when its store tells of its taxonomy', async () => {
    const ask = async () =>
      (await read('{ edition(code: EN) { tag(slug: "grain") { name } } }')).data.edition.tag?.name;
    const { data } = await read('{ edition(code: EN) { tags(first: 1) { nodes { slug name } } } }');
    const [tag] = data.edition.tags.nodes as readonly { readonly slug: string; readonly name: string }[];
    expect(tag?.name).toBeDefined();
    await ask();
    desk.putTag({ slug: tag?.slug ?? '', name: 'Renamed' });
    expect((await sendHook(app, [{ taxonomy: true }])).json()).toMatchObject({ gone: true });
    const after = await read('query ($slug: String!) { edition(code: EN) { tag(slug: $slug) { name } } }', {
      slug: tag?.slug,
    });
    expect(after.data.edition.tag.name).toBe('Renamed');
  });

  it('keeps the ids of its stories', async () => {
    const { data } = await read('query ($id: ID!) { article(id: $id) { slug } }', {
      id: idOf.article('EN', 'demo', 'storm'),
    });
    expect(data.article).toEqual({ slug: 'storm-passes' });
  });
});
