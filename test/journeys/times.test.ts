import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutesAgo, openDesk, story, type Desk } from './desk.ts';

const HOUR_MS = 60 * 60_000;

describe('times', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  const published = async (edition: string, slug: string) =>
    (
      await desk.read(
        'query ($edition: EditionCode!, $slug: String!) { edition(code: $edition) { timeZone article(slug: $slug) { publishedAt updatedAt version } } }',
        { edition: edition.toUpperCase(), slug },
      )
    ).edition.article;

  it.each([
    // Lebanon puts its clocks forward in summer.
    ['en', '2026-01-15T10:00:00Z', '2026-01-15T12:00:00+02:00'],
    ['ar', '2026-07-15T10:00:00Z', '2026-07-15T13:00:00+03:00'],
    ['en', '2022-10-07T07:31:00Z', '2022-10-07T10:31:00+03:00'],
    // Either side of the night at which they went back.
    ['en', '2026-10-24T20:59:59Z', '2026-10-24T23:59:59+03:00'],
    ['en', '2026-10-24T21:00:00Z', '2026-10-24T23:00:00+02:00'],
    // Mexico City did so until 2022.
    ['es', '2022-07-15T10:00:00Z', '2022-07-15T05:00:00-05:00'],
    ['es', '2026-07-15T10:00:00Z', '2026-07-15T04:00:00-06:00'],
    ['es', '2026-01-01T03:00:00Z', '2025-12-31T21:00:00-06:00'],
    // Whole seconds, whatever came in.
    ['en', '2026-01-15T10:00:00.987Z', '2026-01-15T12:00:00+02:00'],
  ])('an instant of the %s desk carries its offset then: %s', async (edition, publishedAt, expected) => {
    const slug = `at-${publishedAt.replaceAll(/\W/g, '-').toLowerCase()}`;
    await desk.write(story(slug, { edition, publishedAt }));
    expect(await published(edition, slug)).toMatchObject({ publishedAt: expected, updatedAt: expected });
  });

  it('an instant given back finds the article it came from', async () => {
    await desk.write(story('back', { publishedAt: '2026-07-15T10:00:00Z' }));
    const { publishedAt } = await published('en', 'back');
    const { edition } = await desk.read(
      'query ($from: DateTime!, $to: DateTime!) { edition(code: EN) { articles(filter: { publishedAfter: $from, publishedBefore: $to }) { nodes { slug } } } }',
      { from: publishedAt, to: '2026-07-15T13:00:01+03:00' },
    );
    expect(edition.articles.nodes).toEqual([{ slug: 'back' }]);
  });

  it('so do the instants of corrections, rights and the live stream', async () => {
    await desk.write(
      story('full', {
        corrections: [
          { text: 'First.', correctedAt: '2026-11-20T08:00:00Z' },
          { text: 'Second.', correctedAt: '2026-11-21T08:00:00Z' },
        ],
        rights: { embargoedUntil: '2026-11-20T08:00:00Z', expiresAt: '2027-07-20T08:00:00Z' },
      }),
      { type: 'live', edition: 'en', title: 'Live', url: 'https://live.example/en', startedAt: '2026-11-23T06:00:00Z' },
    );
    const { edition } = await desk.read(`{
      edition(code: EN) {
        live { title url isLive startedAt }
        article(slug: "full") { corrections { text correctedAt } rights { embargoedUntil expiresAt } }
      }
    }`);
    expect(edition).toEqual({
      live: { title: 'Live', url: 'https://live.example/en', isLive: true, startedAt: '2026-11-23T08:00:00+02:00' },
      article: {
        corrections: [
          { text: 'Second.', correctedAt: '2026-11-21T10:00:00+02:00' },
          { text: 'First.', correctedAt: '2026-11-20T10:00:00+02:00' },
        ],
        rights: { embargoedUntil: '2026-11-20T10:00:00+02:00', expiresAt: '2027-07-20T11:00:00+03:00' },
      },
    });
  });

  it('updatedAt and version move when a reader could see a difference, and only then', async () => {
    await desk.write(story('saved'));
    const first = await published('en', 'saved');
    expect(first).toMatchObject({ version: 1, updatedAt: first.publishedAt });
    desk.clock.wind(60_000);
    await desk.write(story('saved'));
    expect(await published('en', 'saved')).toEqual(first);
    await desk.write(story('saved', { headline: 'Another headline' }));
    expect(await published('en', 'saved')).toEqual({
      publishedAt: first.publishedAt,
      updatedAt: '2026-11-23T14:01:00+02:00',
      version: 2,
    });
  });

  it('a re-dated story moves in every list it stands in', async () => {
    await desk.write(
      { type: 'tag', edition: 'en', slug: 'dated', name: 'Dated' },
      { type: 'author', edition: 'en', slug: 'dated', name: 'Dated' },
      { type: 'section', edition: 'en', path: 'dated', name: 'Dated' },
      ...['older', 'newer'].map((key, index) =>
        story(key, { section: 'dated', tags: ['dated'], authors: ['dated'], publishedAt: minutesAgo(20 - index) }),
      ),
    );
    const orders = async () => {
      const { edition } = await desk.read(`{
        edition(code: EN) {
          articles(first: 2) { nodes { slug } }
          section(path: "dated") { articles { nodes { slug } } }
          tag(slug: "dated") { articles { nodes { slug } } }
          author(slug: "dated") { articles { nodes { slug } } }
        }
      }`);
      return [edition, edition.section, edition.tag, edition.author].map(({ articles }) =>
        articles.nodes.map(({ slug }: { slug: string }) => slug),
      );
    };
    expect(await orders()).toEqual(Array.from({ length: 4 }, () => ['newer', 'older']));
    await desk.write(
      story('older', { section: 'dated', tags: ['dated'], authors: ['dated'], publishedAt: minutesAgo(5) }),
    );
    expect(await orders()).toEqual(Array.from({ length: 4 }, () => ['older', 'newer']));
  });
});

describe('what ends by the clock', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  it('an article comes, leaves its embargo and expires at its instant, in an answer that was kept', async () => {
    await desk.write(
      story('comes', { publishedAt: minutesAgo(-10) }),
      story('embargoed', { rights: { embargoedUntil: minutesAgo(-20) } }),
      story('expires', { rights: { expiresAt: minutesAgo(-30) } }),
    );
    // Each of its own, so that none ends with another.
    const ask = async (field: string) => (await desk.read(`{ edition(code: EN) { ${field} } }`)).edition;
    const slugsIn = ({ nodes }: { readonly nodes: readonly { readonly slug: string }[] }) =>
      nodes.map(({ slug }) => slug).toSorted();
    const seen = async () => {
      const found = slugsIn((await ask('articles { nodes { slug } }')).articles);
      expect(slugsIn((await ask('search(query: "words") { nodes { slug } }')).search)).toEqual(found);
      expect((await ask('articles { totalCount }')).articles.totalCount).toBe(found.length);
      expect((await ask('search(query: "words") { totalCount }')).search.totalCount).toBe(found.length);
      const { article } = await ask('article(slug: "comes") { slug }');
      expect(article !== null).toBe(found.includes('comes'));
      return found;
    };
    expect(await seen()).toEqual(['expires']);
    desk.clock.wind(10 * 60_000 - 1);
    expect(await seen()).toEqual(['expires']);
    desk.clock.wind(1);
    expect(await seen()).toEqual(['comes', 'expires']);
    desk.clock.wind(10 * 60_000);
    expect(await seen()).toEqual(['comes', 'embargoed', 'expires']);
    desk.clock.wind(10 * 60_000 - 1);
    expect(await seen()).toEqual(['comes', 'embargoed', 'expires']);
    desk.clock.wind(1);
    expect(await seen()).toEqual(['comes', 'embargoed']);
  });

  it('breaking news ends at its recorded end, in fields and in filters', async () => {
    const until = desk.clock.now() + HOUR_MS;
    await desk.write(
      story('breaks', { breaking: true, breakingUntil: new Date(until).toISOString() }),
      story('breaks-on', { breaking: true }),
    );
    const query = `{
      edition(code: EN) {
        article(slug: "breaks") { breaking }
        on: articles(filter: { breaking: true }) { totalCount nodes { slug breaking } }
        off: articles(filter: { breaking: false }) { nodes { slug breaking } }
      }
    }`;
    const before = (await desk.read(query)).edition;
    expect(before.article.breaking).toBe(true);
    expect(before.on).toMatchObject({ totalCount: 2 });
    expect(before.off.nodes).not.toContainEqual(expect.objectContaining({ slug: 'breaks' }));
    desk.clock.wind(HOUR_MS);
    const after = (await desk.read(query)).edition;
    expect(after.article.breaking).toBe(false);
    expect(after.on).toEqual({ totalCount: 1, nodes: [{ slug: 'breaks-on', breaking: true }] });
    expect(after.off.nodes).toContainEqual({ slug: 'breaks', breaking: false });
  });

  it('the live stream goes on air and off at its instants, and the menu with it', async () => {
    const start = desk.clock.now();
    const at = (hours: number): string => new Date(start + hours * HOUR_MS).toISOString();
    await desk.write({
      type: 'live',
      edition: 'en',
      title: 'Live',
      url: 'https://live.example/en',
      startedAt: at(1),
      endedAt: at(2),
    });
    const query = '{ edition(code: EN) { live { isLive } navigation { label live section { id } } } }';
    const onAir = async () => {
      const { edition } = await desk.read(query);
      const lit = edition.navigation.filter(({ live }: { live: boolean }) => live);
      expect(lit.length).toBe(edition.live.isLive ? 1 : 0);
      return edition.live.isLive;
    };
    expect(await onAir()).toBe(false);
    desk.clock.wind(HOUR_MS);
    expect(await onAir()).toBe(true);
    desk.clock.wind(HOUR_MS - 1000);
    expect(await onAir()).toBe(true);
    desk.clock.wind(1000);
    expect(await onAir()).toBe(false);
  });

  it('a desk without a stream has none, and its LIVE entry is not lit', async () => {
    const { edition } = await desk.read('{ edition(code: ES) { live { title } navigation { live } } }');
    expect(edition.live).toBeNull();
    expect(edition.navigation.some(({ live }: { live: boolean }) => live)).toBe(false);
  });
});
