import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { runQuery } from '../support/run-query.ts';
import { minutesAgo, openDesk, story, storyId, type Desk } from './desk.ts';

const HOUR_MS = 60 * 60_000;
const RECORD = `mutation ($id: ID!, $kind: EngagementKind!) {
  recordEngagement(input: { articleId: $id, kind: $kind }) { article { id engagement { views shares } } }
}`;

describe('what readers do', () => {
  let desk: Desk;
  let number = 0;
  let key: (name: string) => string;
  beforeAll(async () => {
    desk = await openDesk({ variables: { TRUST_PROXY: '1' } });
  });
  afterAll(() => desk.close());
  // Counters of days before do not reach into the next test: rankings look back 720 hours at most.
  beforeEach(() => {
    number += 1;
    const prefix = `t${number}`;
    key = (name) => `${prefix}-${name}`;
    desk.clock.wind(31 * 24 * HOUR_MS);
  });

  let readers = 0;
  /** What `sender` is answered who does `kind` to a story. */
  const report = (name: string, kind: string, sender: string) =>
    runQuery(desk.app, RECORD, { id: storyId(name), kind }, { 'x-forwarded-for': sender });
  /** So many readers, each another. */
  const record = async (name: string, kind = 'VIEW', times = 1) => {
    for (let count = 0; count < times; count += 1) {
      readers += 1;
      const { data, errors } = await report(name, kind, `10.1.${readers >> 8}.${readers & 255}`);
      expect([data.recordEngagement.article.id, errors]).toEqual([storyId(name), []]);
    }
  };
  const viewsOf = async (name: string): Promise<number> => {
    desk.clock.wind(5_000);
    return (await desk.read(`{ article(id: "${storyId(name)}") { engagement { views } } }`)).article.engagement.views;
  };
  // Later by the five minutes that rankings may live, as long as the page they stand on, and half a minute of its refill.
  const rankings = async () => {
    desk.clock.wind(5.5 * 60_000);
    const { edition } = await desk.read(`{
      edition(code: EN) {
        trending { slug }
        hour: mostRead(window: HOUR) { slug }
        day: mostRead { slug }
        week: mostRead(window: WEEK) { slug }
        month: mostRead(window: MONTH) { slug }
      }
    }`);
    return Object.fromEntries(
      Object.entries(edition as Record<string, { slug: string }[]>).map(([name, list]) => [
        name,
        list.map(({ slug }) => slug),
      ]),
    );
  };

  it('is counted at once, by kind and by window of whole hours; null is all time', async () => {
    await desk.write(story(key('a')));
    await record(key('a'), 'VIEW', 2);
    desk.clock.wind(2 * HOUR_MS);
    await record(key('a'), 'VIEW');
    await record(key('a'), 'SHARE');
    desk.clock.wind(60_000);
    const query = `query ($id: ID!) {
      article(id: $id) {
        engagement { hour: views(window: HOUR) day: views(window: DAY) month: views(window: MONTH) all: views null: views(window: null) shares }
      }
    }`;
    const read = async () => (await desk.read(query, { id: storyId(key('a')) })).article.engagement;
    expect(await read()).toEqual({ hour: 1, day: 3, month: 3, all: 3, null: 3, shares: 1 });
    desk.clock.wind(24 * HOUR_MS);
    expect(await read()).toEqual({ hour: 0, day: 0, month: 3, all: 3, null: 3, shares: 1 });
  });

  it('the answer of the mutation counts it already', async () => {
    await desk.write(story(key('a')));
    const { recordEngagement } = await desk.read(RECORD, { id: storyId(key('a')), kind: 'VIEW' });
    expect(recordEngagement.article.engagement).toEqual({ views: 1, shares: 0 });
  });

  it('moves the most read and the trending', async () => {
    await desk.write(story(key('a')), story(key('b')));
    await record(key('a'), 'VIEW', 1);
    expect((await rankings())['day']).toEqual([key('a')]);
    await record(key('b'), 'VIEW', 2);
    expect(await rankings()).toEqual({
      trending: [key('b'), key('a')],
      hour: [key('b'), key('a')],
      day: [key('b'), key('a')],
      week: [key('b'), key('a')],
      month: [key('b'), key('a')],
    });
    // A day later only those who look further back remember, and what is new trends.
    desk.clock.wind(25 * HOUR_MS);
    await desk.write(story(key('c')));
    await record(key('c'));
    const later = await rankings();
    expect(later['hour']).toEqual([key('c')]);
    expect(later['day']).toEqual([key('c')]);
    expect(later['week']?.[0]).toBe(key('b'));
    expect(later['trending']?.[0]).toBe(key('c'));
  });

  it('never ranks what cannot be seen, and fills the list with what can', async () => {
    await desk.write(
      ...Array.from({ length: 8 }, (_, index) => story(key(`s${index}`))),
      story(key('foreign'), { edition: 'ar' }),
    );
    for (let index = 0; index < 8; index += 1) await record(key(`s${index}`), 'VIEW', 9 - index);
    expect((await rankings())['day']).toEqual([0, 1, 2, 3, 4].map((index) => key(`s${index}`)));
    await desk.write(
      story(key('s0'), { withdrawnAt: minutesAgo(0) }),
      story(key('s1'), { rights: { expiresAt: minutesAgo(0) } }),
      story(key('s2'), { rights: { syndication: 'NONE' } }),
      story(key('s3'), { publishedAt: '2036-01-01T00:00:00Z' }),
    );
    const after = await rankings();
    for (const list of Object.values(after)) expect(list).toEqual([4, 5, 6, 7].map((index) => key(`s${index}`)));
  });

  it('a takedown leaves trending, most read and related at once, however young the answer', async () => {
    await desk.write(
      ...['subject', 'kept', 'taken'].map((name) => story(key(name), { tags: [{ slug: key('tag'), name: 'Tag' }] })),
    );
    await record(key('taken'), 'VIEW', 2);
    await record(key('kept'));
    desk.clock.wind(60_000);
    const query = `query ($slug: String!) {
      edition(code: EN) { trending { slug } mostRead { slug } article(slug: $slug) { related(first: 2) { slug } } }
    }`;
    const slugs = async () => JSON.stringify(await desk.read(query, { slug: key('subject') }));
    expect((await slugs()).split(key('taken'))).toHaveLength(4);
    await desk.write(story(key('taken'), { withdrawnAt: minutesAgo(0) }));
    expect(await slugs()).not.toContain(key('taken'));
  });

  it('of what is unknown, withdrawn or no article is neither counted nor answered', async () => {
    await desk.write(story(key('gone')), { type: 'tag', edition: 'en', slug: key('tag'), name: 'Tag' });
    await desk.write(story(key('gone'), { withdrawnAt: minutesAgo(0) }));
    const count = async () =>
      (await desk.app.database.query('SELECT count(*) AS hours FROM engagement_hours'))[0]?.['hours'];
    const before = await count();
    for (const id of [storyId('never-written'), storyId(key('gone')), idOf.tag('EN', key('tag')), 'edn_en', 'edn_fr'])
      expect(await desk.read(RECORD, { id, kind: 'SHARE' })).toEqual({ recordEngagement: { article: null } });
    expect(await count()).toBe(before);
  });

  it('of a malformed id, of an unknown kind, or by GET, is an error with a code', async () => {
    const codes = async (variables: object) =>
      (await desk.ask(RECORD, { ...variables })).errors.map(({ extensions }) => extensions['code']);
    expect(await codes({ id: 'no id', kind: 'VIEW' })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ id: storyId('x'), kind: 'LIKE' })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ id: null, kind: 'VIEW' })).toEqual(['BAD_USER_INPUT']);
    const url = `/graphql?query=${encodeURIComponent('mutation { recordEngagement(input: { articleId: "x", kind: VIEW }) { article { id } } }')}`;
    expect((await desk.app.server.inject({ method: 'GET', url })).statusCode).toBe(405);
  });

  it('is counted once for a client, a story and a minute, however often it is told', async () => {
    await desk.write(story(key('a')), story(key('b')));
    // The minute begins.
    desk.clock.wind(60_000 - (desk.clock.now() % 60_000));
    const [one, other, same] = ['2001:db8:1:1::7', '192.0.2.7', '2001:db8:1:1:ffff::1'] as const;
    const told = [];
    for (const sender of [one, one, same, other, '::ffff:192.0.2.7']) told.push(await report(key('a'), 'VIEW', sender));
    await Promise.all(Array.from({ length: 5 }, () => report(key('b'), 'VIEW', one)));
    for (const { data, errors } of told)
      expect([data.recordEngagement.article.id, errors]).toEqual([storyId(key('a')), []]);
    expect(told.map(({ data }) => data.recordEngagement.article.engagement.views)).toEqual([1, 1, 1, 2, 2]);
    expect([await viewsOf(key('a')), await viewsOf(key('b'))]).toEqual([2, 1]);
    await report(key('a'), 'SHARE', one);
    desk.clock.wind(60_000);
    await report(key('a'), 'VIEW', one);
    expect(await viewsOf(key('a'))).toBe(3);
  });

  it('is believed of whom a proxy that is trusted names, and of nobody else', async () => {
    await desk.write(story(key('a')));
    // What a client writes there itself stands further from us.
    for (const made of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) await report(key('a'), 'VIEW', `${made}, 198.51.100.9`);
    expect(await viewsOf(key('a'))).toBe(1);
  });

  it('is refused of a client that tells more than 120 in a minute, until that is over, and of no other', async () => {
    await desk.write(story(key('a')));
    for (let count = 0; count < 120; count += 1) await report(key('a'), 'VIEW', '203.0.113.5');
    const { errors, data } = await report(key('a'), 'SHARE', '203.0.113.5');
    expect(data).toBe(null);
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^Quota exhausted, retry in \d+ s$/), extensions: { code: 'BUDGET_EXHAUSTED' } },
    ]);
    const seconds = errors[0]?.extensions['retryAfterSeconds'];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(Number(seconds)).toBeLessThanOrEqual(60);
    expect((await report(key('a'), 'SHARE', '203.0.113.6')).errors).toEqual([]);
  });

  it('leaves no address anywhere', async () => {
    await desk.write(story(key('a')));
    await report(key('a'), 'VIEW', '203.0.113.77');
    const rows = await desk.app.database.query('SELECT key, told_at::text FROM engagement_once');
    expect(rows.length).toBeGreaterThan(0);
    for (const { key: digest } of rows) expect(digest).toMatch(/^[\w-]{22}$/);
    expect(JSON.stringify(rows)).not.toContain('203');
  });

  it('two mutations in one request are counted, the same twice once', async () => {
    await desk.write(story(key('a')));
    const input = `{ articleId: "${storyId(key('a'))}", kind: VIEW }`;
    const share = `{ articleId: "${storyId(key('a'))}", kind: SHARE }`;
    await desk.read(`mutation {
      one: recordEngagement(input: ${input}) { article { id } }
      two: recordEngagement(input: ${input}) { article { id } }
      three: recordEngagement(input: ${share}) { article { id } }
    }`);
    desk.clock.wind(60_000);
    const { article } = await desk.read(`{ article(id: "${storyId(key('a'))}") { engagement { views shares } } }`);
    expect(article.engagement).toEqual({ views: 1, shares: 1 });
  });
});
