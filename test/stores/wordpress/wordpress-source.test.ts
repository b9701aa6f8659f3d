import { afterEach, describe, expect, it } from 'vitest';
import { createWoundClock } from '../../support/wound-clock.ts';
import {
  categoryRow,
  postRow,
  startRestDouble,
  tagRow,
  userRow,
  type Holdings,
  type RestDouble,
} from './rest-double.ts';

let double: RestDouble | undefined;
afterEach(() => double?.close());

const given = async (holdings: Partial<Holdings>): Promise<RestDouble> => {
  double = await startRestDouble({
    categories: [categoryRow(1, 'uncategorized'), categoryRow(5, 'news'), categoryRow(6, 'politics', { parent: 5 })],
    tags: [tagRow(7, 'a'), tagRow(8, 'b'), tagRow(9, 'c')],
    users: [userRow(2, 'rana'), userRow(3, 'omar')],
    ...holdings,
  });
  return double;
};

const storyOf = async (fields: Readonly<Record<string, unknown>>, others: Partial<Holdings> = {}) => {
  const { source } = await given({ posts: [postRow(11, fields)], ...others });
  const [story] = await source().stories(['11'], { withHtml: true });
  if (story === undefined) throw new Error('The story is not there');
  return story;
};

describe('stories: how often a site is asked', () => {
  const posts = Array.from({ length: 250 }, (_, index) =>
    postRow(index + 1, { categories: [6], tags: [7, 8], featured_media: (index % 7) + 900 }),
  );

  it('asks once for a hundred and once for their pictures when it knows what they are filed under', async () => {
    const { source, routes } = await given({ posts });
    const desk = source();
    const hundred = posts.slice(0, 100).map(({ id }) => String(id));
    expect(await desk.stories(hundred, { withHtml: false })).toHaveLength(100);
    expect(routes().toSorted()).toEqual(['categories', 'media', 'posts', 'tags', 'users']);
    expect(await desk.stories(hundred, { withHtml: false })).toHaveLength(100);
    expect(routes()).toEqual(['posts', 'media']);
    const all = await desk.stories(
      posts.map(({ id }) => String(id)),
      { withHtml: true },
    );
    expect(new Set(all.map(({ sourceId }) => sourceId)).size).toBe(250);
    expect(routes().toSorted()).toEqual(['media', 'media', 'media', 'posts', 'posts', 'posts']);
  });

  it('asks for no pictures where there are none, and for nothing when no id can be one', async () => {
    const { source, routes } = await given({ posts: [postRow(1)] });
    expect(await source().stories(['1', '1'], { withHtml: false })).toHaveLength(1);
    expect(routes()).not.toContain('media');
    expect(await source().stories(['', '0', '-1', '1.5', 'x', '1e3', '1,2'], { withHtml: false })).toEqual([]);
    expect(routes()).toEqual([]);
  });

  it('reads terms once for all who ask at the same time, and again when a minute has gone', async () => {
    const { source, routes } = await given({ posts: [postRow(1, { tags: [7] }), postRow(2, { tags: [7] })] });
    const clock = createWoundClock(Date.UTC(2026, 10, 1));
    const desk = source({ clock });
    await Promise.all(['1', '2', '1'].map((id) => desk.stories([id], { withHtml: false })));
    expect(
      routes()
        .filter((route) => route !== 'posts')
        .toSorted(),
    ).toEqual(['categories', 'tags', 'users']);
    clock.wind(59_999);
    await desk.stories(['1'], { withHtml: false });
    expect(routes()).toEqual(['posts']);
    clock.wind(1);
    await desk.stories(['1'], { withHtml: false });
    expect(routes().toSorted()).toEqual(['categories', 'posts', 'tags', 'users']);
  });

  it('looks for a tag it has not met, and does not look again for one that is not there', async () => {
    const { source, routes, holdings } = await given({ posts: [postRow(1, { tags: [7] })] });
    const desk = source();
    await desk.stories(['1'], { withHtml: false });
    routes();
    holdings.posts = [postRow(1, { tags: [7, 10, 99] })];
    holdings.tags = [...holdings.tags, tagRow(10, 'new')];
    expect(await desk.stories(['1'], { withHtml: false })).toMatchObject([{ tagSlugs: ['a', 'new'] }]);
    expect(routes()).toEqual(['posts', 'tags']);
    expect(await desk.stories(['1'], { withHtml: false })).toMatchObject([{ tagSlugs: ['a', 'new'] }]);
    expect(routes()).toEqual(['posts']);
  });

  it('knows after a whole reading what was renamed', async () => {
    const { source, holdings } = await given({ posts: [postRow(1, { tags: [7], categories: [6] })] });
    const desk = source();
    await desk.stories(['1'], { withHtml: false });
    holdings.tags = [tagRow(7, 'renamed')];
    holdings.categories = [categoryRow(6, 'politics')];
    await desk.taxonomy();
    expect(await desk.stories(['1'], { withHtml: false })).toMatchObject([
      { tagSlugs: ['renamed'], sectionPaths: ['politics'] },
    ]);
  });

  it('gives as authors who published, and whom stories name, and no other account', async () => {
    const { source, holdings } = await given({
      posts: [postRow(1, { author: 2 }), postRow(4, { author: 5, status: 'draft' })],
      users: [userRow(2, 'rana'), userRow(3, 'omar'), userRow(4, 'customer'), userRow(5, 'trainee')],
    });
    const desk = source();
    const slugs = async () => (await desk.taxonomy()).authors.map(({ slug }) => slug).toSorted();
    expect(await slugs()).toEqual(['rana']);
    holdings.posts = [postRow(1, { author: 2, meta: { masthead_authors: [2, 3] } })];
    await desk.stories(['1'], { withHtml: false });
    expect(await slugs()).toEqual(['omar', 'rana']);
  });

  it('asks for bodies only when they are wanted', async () => {
    const { source, asked } = await given({ posts: [postRow(1)] });
    expect(await source().stories(['1'], { withHtml: false })).toMatchObject([{ html: null }]);
    const fields = (): readonly (string | null)[] =>
      asked
        .filter(({ pathname }) => pathname.endsWith('/posts'))
        .map(({ searchParams }) => searchParams.get('_fields'));
    expect(fields()[0]).not.toContain('content.rendered');
    expect(await source().stories(['1'], { withHtml: true })).toMatchObject([{ html: '<p>Body</p>' }]);
    expect(fields()[1]).toContain('content.rendered');
  });
});

describe('stories: what is shown', () => {
  it('leaves out what lies behind a password', async () => {
    const { source } = await given({
      posts: [postRow(1), postRow(2, { content: { rendered: '<p>Secret</p>', protected: true } })],
    });
    const stories = await source().stories(['1', '2'], { withHtml: true });
    expect(stories.map(({ sourceId }) => sourceId)).toEqual(['1']);
    expect((await source().inventory(null)).sightings.map(({ sourceId }) => sourceId)).toEqual(['1']);
    expect((await source().savedSince(0, null)).sightings.map(({ sourceId }) => sourceId)).toEqual(['1']);
  });

  it('asks as a user for what is scheduled, and without one for what is published', async () => {
    const { source, asked } = await given({ posts: [postRow(1)] });
    await source().inventory(null);
    await source({ credentials: null }).inventory(null);
    expect(asked.map(({ searchParams }) => [searchParams.get('status'), searchParams.get('context')])).toEqual([
      ['publish,future', 'edit'],
      ['publish', null],
    ]);
  });

  it('decodes headlines, slugs and times', async () => {
    expect(
      await storyOf({
        slug: '%d8%a7%d9%84%d8%a8%d8%b1%d9%84%d9%85%d8%a7%d9%86-cafe%cc%81',
        title: { rendered: 'R&#038;D &#8220;talks&#8221; <em>resume</em>&nbsp;today' },
        excerpt: { raw: 'After <b>a year</b> &amp; a day.\n' },
        date_gmt: '2026-11-01T08:00:00',
        modified_gmt: '2026-11-01T09:00:01',
      }),
    ).toMatchObject({
      slug: 'البرلمان-café',
      headline: 'R&D “talks” resume today',
      standfirst: 'After a year & a day.',
      publishedAt: Date.UTC(2026, 10, 1, 8),
      modifiedAt: Date.UTC(2026, 10, 1, 9, 0, 1),
    });
  });

  it('takes the time of saving where WordPress has none of publishing, and the number where it has no slug', async () => {
    expect(await storyOf({ date_gmt: '0000-00-00T00:00:00', slug: '' })).toMatchObject({
      publishedAt: Date.UTC(2026, 10, 1, 9),
      slug: '11',
    });
  });

  it('files a story under its primary section first, without those above it, and under something always', async () => {
    expect((await storyOf({ categories: [5, 6] })).sectionPaths).toEqual(['news/politics']);
    await double?.close();
    expect((await storyOf({ categories: [1, 6], meta: { masthead_primary_section: 6 } })).sectionPaths).toEqual([
      'news/politics',
      'uncategorized',
    ]);
    await double?.close();
    expect((await storyOf({ categories: [5, 6], meta: { masthead_primary_section: 5 } })).sectionPaths).toEqual([
      'news',
      'news/politics',
    ]);
    await double?.close();
    expect((await storyOf({ categories: [] })).sectionPaths).toEqual(['uncategorized']);
    await double?.close();
    expect(
      (
        await storyOf(
          { categories: [] },
          { categories: [categoryRow(6, 'deep', { parent: 5 }), categoryRow(5, 'top')] },
        )
      ).sectionPaths,
    ).toEqual(['top']);
  });

  it('cuts parents that lead round in a circle', async () => {
    const categories = [categoryRow(5, 'x', { parent: 6 }), categoryRow(6, 'y', { parent: 5 })];
    const [path] = (await storyOf({ categories: [5] }, { categories })).sectionPaths;
    expect(path?.split('/').length).toBe(20);
  });

  it('knows kinds by what the desk says, else by the format, else calls it news', async () => {
    const kinds: string[] = [];
    const { source, holdings } = await given({});
    for (const [format, kind] of [
      ['video', ''],
      ['gallery', ''],
      ['aside', ''],
      ['video', 'opinion'],
      ['standard', 'live-blog'],
      ['standard', 'ESSAY'],
      ['standard', 7],
    ]) {
      holdings.posts = [postRow(1, { format, meta: { masthead_kind: kind } })];
      kinds.push(...(await source().stories(['1'], { withHtml: false })).map((story) => story.kind));
    }
    expect(kinds).toEqual(['VIDEO', 'GALLERY', 'NEWS', 'OPINION', 'LIVE_BLOG', 'NEWS', 'NEWS']);
  });

  it('takes from registered meta what core does not hold', async () => {
    expect(
      await storyOf({
        tags: [7, 8, 9],
        meta: {
          masthead_kicker: ' Europe ',
          masthead_byline: 'By Rana &amp; Omar',
          masthead_language: 'en-gb',
          masthead_authors: [3, 2, 3],
          masthead_tag_order: [9, 4, 7],
          masthead_sources: [{ name: 'Agencies', kind: 'agency', url: 'https://agency.example/' }, { name: '' }, 'x'],
          masthead_corrections: [{ text: 'A name was wrong.', corrected_at: '2026-11-01T10:00:00Z' }, { text: 'x' }],
          masthead_syndication: 'excerpt',
          masthead_rights_holder: 'Desk',
          masthead_usage_terms: '',
          masthead_embargoed_until: '2026-12-01T00:00:00+02:00',
          masthead_expires_at: '',
          masthead_breaking: true,
          masthead_breaking_until: '2026-11-01T12:00:00Z',
          masthead_former_addresses: ['/old/one', 'https://old.example/two', 'javascript:x', '//x'],
          masthead_translation_group: 'talks',
          masthead_seo_title: 'Talks',
          masthead_seo_canonical_url: 'https://desk.example/talks',
        },
      }),
    ).toMatchObject({
      kicker: 'Europe',
      byline: 'Rana & Omar',
      language: 'en-GB',
      authorSlugs: ['omar', 'rana'],
      tagSlugs: ['c', 'a', 'b'],
      sources: [{ name: 'Agencies', kind: 'AGENCY', url: 'https://agency.example/' }],
      corrections: [{ text: 'A name was wrong.', correctedAt: Date.UTC(2026, 10, 1, 10) }],
      rights: {
        syndication: 'EXCERPT',
        holder: 'Desk',
        usageTerms: null,
        embargoedUntil: Date.UTC(2026, 10, 30, 22),
        expiresAt: null,
      },
      breaking: true,
      breakingUntil: Date.UTC(2026, 10, 1, 12),
      formerAddresses: ['/old/one', 'https://old.example/two'],
      translationGroup: 'talks',
      seo: {
        title: 'Talks',
        description: null,
        canonicalUrl: 'https://desk.example/talks',
        image: null,
        noIndex: false,
      },
    });
  });

  it('holds back what a right that nobody can read was to hold back, and no story for another field', async () => {
    const { rights, kicker } = await storyOf({
      meta: { masthead_syndication: 'nobody', masthead_embargoed_until: 'tomorrow', masthead_kicker: { x: 1 } },
    });
    expect(rights).toMatchObject({ syndication: 'NONE', embargoedUntil: Date.UTC(9999, 11, 30) });
    expect(kicker).toBeNull();
  });

  it('leaves out sizes of a picture that have no address', async () => {
    const url = 'https://desk.example/quay.jpg';
    const sizes = {
      medium: { width: 300, height: 169, source_url: 'https://desk.example/quay-300.jpg' },
      large: { width: 1_024, height: 576 },
      odd: null,
    };
    const picture = {
      id: 30,
      link: '',
      source_url: url,
      mime_type: 'image/jpeg',
      caption: { raw: '' },
      media_details: { width: 1_600, height: 900, sizes },
    };
    const story = await storyOf({ featured_media: 30 }, { media: [picture] });
    expect(story.lead).toMatchObject({ url, renditions: [{ width: 300 }, { width: 1_600 }] });
  });

  it('is whole without a plugin', async () => {
    expect(await storyOf({ author: 2, tags: [8, 7] })).toMatchObject({
      kind: 'NEWS',
      authorSlugs: ['rana'],
      tagSlugs: ['b', 'a'],
      breaking: false,
      rights: { syndication: 'FULL', embargoedUntil: null },
      seo: null,
    });
  });
});
