import { beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../../../src/outbound/http-client.ts';
import type { Sightings, SourceStory } from '../../../src/stores/content-source.ts';
import type { WordPressSourceOptions } from '../../../src/stores/wordpress/wordpress-source.ts';
import { isWithoutSites, realSite, type WordPressSite } from '../../support/wordpress-site.ts';

const IN_A_MONTH = new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString().slice(0, 19);

/** A client that counts what it sends, by route. */
const countingClient = (): HttpClient & { readonly routes: string[] } => {
  const http = createHttpClient();
  const routes: string[] = [];
  return {
    routes,
    send(request) {
      routes.push(new URL(request.url).pathname.replace(/^.*\/wp-json\/(?:wp\/v2\/)?/, ''));
      return http.send(request);
    },
  };
};

describe.skipIf(isWithoutSites)('a source of a real site (needs ../shared)', () => {
  let site: WordPressSite;
  /** As the plugin's own role, without which nothing it may see is proven. */
  let gateway: Required<WordPressSourceOptions>['credentials'];

  const publish = async (fields: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    String((await site.call('POST', 'posts', { title: 'Story', content: 'Words', status: 'publish', ...fields })).id);
  const storyOf = async (sourceId: string, options: Partial<WordPressSourceOptions> = {}) =>
    (await site.source({ credentials: gateway, ...options }).stories([sourceId], { withHtml: false }))[0];
  const addUser = async (login: string, role: string): Promise<{ user: string; applicationPassword: string }> => {
    const applicationPassword = await site.php(
      `$id = wp_insert_user(['user_login' => '${login}', 'user_pass' => wp_generate_password(), 'user_email' => '${login}@example.invalid', 'role' => '${role}']);
       echo WP_Application_Passwords::create_new_application_password($id, ['name' => 'test'])[0];`,
    );
    return { user: login, applicationPassword };
  };

  beforeAll(async () => {
    site = await realSite('desk');
    gateway = await addUser('masthead', 'masthead_gateway');
  }, 240_000);

  describe('probe', () => {
    const probe = (options: Partial<WordPressSourceOptions>) =>
      site.source({ credentials: gateway, ...options }).probe();

    it('says who it is there and which plugin it met', async () => {
      expect(await probe({})).toEqual({ isWorking: true, detail: 'WordPress, as user masthead; plugin 0.1.0' });
    });

    it('finds a password that is refused, which elsewhere reads like any reader', async () => {
      expect(await probe({ credentials: { user: 'masthead', applicationPassword: 'wrong' } })).toEqual({
        isWorking: false,
        detail: 'the user or its application password was refused',
      });
    });

    it('finds a user who may not see every story', async () => {
      const { isWorking, detail } = await probe({ credentials: await addUser('writer', 'author') });
      expect(isWorking).toBe(false);
      expect(detail).toMatch(/^user writer cannot see every story, lacking edit_others_posts: give it the role/);
    });

    it('finds an address beside the REST root', async () => {
      expect(await probe({ url: `${site.home}/wp-jso` })).toMatchObject({
        isWorking: false,
        detail: expect.stringContaining('404') as string,
      });
      expect(await probe({ url: `${site.home}/?p=1` })).toMatchObject({ isWorking: false });
    });

    it('says what is missed without a user, and works without permalinks', async () => {
      expect(await probe({ credentials: null })).toMatchObject({
        isWorking: true,
        detail: expect.stringContaining('scheduled is not') as string,
      });
      expect(await probe({ url: `${site.home}/?rest_route=/` })).toMatchObject({ isWorking: true });
    });

    it('finds a REST API that was closed', async () => {
      await site.php(
        `file_put_contents(WPMU_PLUGIN_DIR . '/closed.php', '<?php if ("desk" === getenv("WP_EDITION")) add_filter("rest_authentication_errors", function () { return new WP_Error("rest_disabled", "Closed", ["status" => 403]); }, 1000);');`,
      );
      try {
        expect(await probe({})).toEqual({
          isWorking: false,
          detail: 'the REST API is closed to us: it answered 403 (rest_disabled)',
        });
      } finally {
        await site.php(`unlink(WPMU_PLUGIN_DIR . '/closed.php');`);
      }
    });
  });

  describe("the plugin's role", () => {
    it('sees what others have scheduled, excerpts as they were written, and authors before their first story', async () => {
      const author = await addUser(`novice`, 'author');
      const id = await site.php(`echo get_user_by('login', '${author.user}')->ID;`);
      const sourceId = await publish({
        status: 'future',
        date_gmt: IN_A_MONTH,
        excerpt: 'After a “year”',
        author: Number(id),
      });
      expect(await storyOf(sourceId)).toMatchObject({ standfirst: 'After a “year”', authorSlugs: ['novice'] });
    });

    it('may publish, delete and upload nothing', async () => {
      const sourceId = await publish();
      const pair = Buffer.from(`${gateway?.user}:${gateway?.applicationPassword}`).toString('base64');
      const headers = { authorization: `Basic ${pair}`, 'content-type': 'application/json' };
      const ask = async (method: string, route: string, body?: unknown): Promise<number> =>
        (
          await fetch(`${site.home}/wp-json/wp/v2/${route}`, {
            method,
            headers,
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          })
        ).status;
      expect(await ask('GET', 'users/me')).toBe(200);
      expect(await ask('POST', 'posts', { title: 'x', status: 'publish' })).toBe(403);
      expect(await ask('DELETE', `posts/${sourceId}`)).toBe(403);
      expect(await ask('POST', 'media', {})).toBe(403);
      expect(await ask('POST', 'categories', { name: 'x' })).toBe(403);
    });
  });

  it('never has what lies behind a password, with rights or without', async () => {
    const sourceId = await publish({ password: 'sesame', content: '<p>Secret</p>', excerpt: 'Secret' });
    for (const credentials of [gateway, null]) {
      const source = site.source({ credentials });
      expect(await source.stories([sourceId], { withHtml: true })).toEqual([]);
      expect((await source.inventory(null)).sightings.map((sighting) => sighting.sourceId)).not.toContain(sourceId);
    }
  });

  it('sees as a reader what is published alone, and tells written excerpts from those that are made', async () => {
    const [plain, written, ahead] = [
      await publish({ content: '<p>Words of the body &amp; more.</p>' }),
      await publish({ content: '<p>Words of the body.</p>', excerpt: 'A standfirst' }),
      await publish({ status: 'future', date_gmt: IN_A_MONTH }),
    ];
    const long = await publish({ content: `<p>${'word '.repeat(200)}</p>` });
    const source = site.source({ credentials: null });
    const stories = await source.stories([plain, written, ahead, long], { withHtml: false });
    expect(new Map(stories.map(({ sourceId, standfirst }) => [sourceId, standfirst]))).toEqual(
      new Map([
        [plain, null],
        [written, 'A standfirst'],
        [long, null],
      ]),
    );
  });

  it('decodes Arabic slugs and gives terms in the order of the desk', async () => {
    const tags = await Promise.all(['غزة', 'المناخ', 'كرة القدم'].map((name) => site.call('POST', 'tags', { name })));
    const numbers = tags.map(({ id }) => id);
    const sourceId = await publish({
      title: 'البرلمان يصوّت على تعديل الموازنة',
      tags: numbers,
      meta: { masthead_tag_order: [numbers[2], numbers[0]] },
    });
    const story = (await storyOf(sourceId)) as SourceStory;
    expect(story.slug).toBe('البرلمان-يصوّت-على-تعديل-الموازنة'.normalize('NFC'));
    expect(story.tagSlugs).toEqual(['كرة-القدم', 'غزة', 'المناخ']);
  });

  it('reads back what the desk wrote into the fields of the plugin', async () => {
    const [top, below] = [
      await site.call('POST', 'categories', {
        name: 'World &amp; Europe',
        meta: { masthead_section_kind: 'REGION', masthead_position: 7, masthead_translation_group: 'world' },
      }),
      await site.call('POST', 'categories', { name: 'Plain' }),
    ];
    const writer = await site.call('POST', 'users', {
      username: 'rana',
      email: 'rana@example.invalid',
      password: 'a long one of a test',
      name: 'Rana & Co',
      description: 'Writes.',
      meta: { masthead_role: 'Correspondent', masthead_author_kind: 'ORGANIZATION' },
    });
    const sourceId = await publish({
      categories: [top.id, below.id],
      meta: {
        masthead_kind: 'ANALYSIS',
        masthead_kicker: 'Europe',
        masthead_primary_section: below.id,
        masthead_authors: [writer.id, 1],
        masthead_sources: [{ name: 'Agencies', kind: 'AGENCY', url: 'https://agency.example/' }],
        masthead_corrections: [{ text: 'A name was wrong.', corrected_at: '2026-11-01T10:00:00+02:00' }],
        masthead_syndication: 'EXCERPT',
        masthead_embargoed_until: '2026-12-01T00:00:00+02:00',
        masthead_breaking: true,
        masthead_breaking_until: '2026-12-01T12:00:00Z',
        masthead_former_addresses: ['/old/one'],
        masthead_translation_group: 'talks',
        masthead_seo_noindex: true,
      },
    });
    expect(await storyOf(sourceId)).toMatchObject({
      kind: 'ANALYSIS',
      kicker: 'Europe',
      sectionPaths: ['plain', 'world-europe'],
      authorSlugs: ['rana', 'editor'],
      sources: [{ name: 'Agencies', kind: 'AGENCY', url: 'https://agency.example/' }],
      corrections: [{ text: 'A name was wrong.', correctedAt: Date.UTC(2026, 10, 1, 8) }],
      rights: { syndication: 'EXCERPT', embargoedUntil: Date.UTC(2026, 10, 30, 22) },
      breaking: true,
      breakingUntil: Date.UTC(2026, 11, 1, 12),
      formerAddresses: ['/old/one'],
      translationGroup: 'talks',
      seo: { title: null, noIndex: true },
    });
    await site.call('POST', 'users', {
      username: 'subscriber',
      email: 'subscriber@example.invalid',
      password: 'a long one of a test',
      roles: ['subscriber'],
    });
    const desk = site.source({ credentials: gateway });
    const slugs = async () => (await desk.taxonomy()).authors.map(({ slug }) => slug);
    expect(await slugs()).toContain('editor');
    expect(await slugs()).not.toContain('rana');
    // A story names one who has none of their own.
    await desk.stories([sourceId], { withHtml: false });
    const { sections, authors } = await desk.taxonomy();
    expect(authors.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['editor', 'rana']));
    expect(authors.map(({ slug }) => slug)).not.toContain('subscriber');
    expect(sections).toContainEqual({
      kind: 'REGION',
      path: 'world-europe',
      name: 'World & Europe',
      description: null,
      position: 7,
      translationGroup: 'world',
    });
    expect(authors.find(({ slug }) => slug === 'rana')).toMatchObject({
      name: 'Rana & Co',
      bio: 'Writes.',
      role: 'Correspondent',
      kind: 'ORGANIZATION',
      avatar: null,
    });
  });

  it('gives a picture in its sizes, cut ones aside, with the words that somebody wrote', async () => {
    const jpeg = Buffer.from(
      await site.php(
        `$i = imagecreatetruecolor(1600, 900); ob_start(); imagejpeg($i); echo base64_encode(ob_get_clean());`,
      ),
      'base64',
    );
    const picture = await site.upload('quay.jpg', 'image/jpeg', jpeg);
    await site.call('POST', `media/${picture.id}`, { description: 'A description nobody is to read as a caption.' });
    const sourceId = await publish({ featured_media: picture.id });
    const lead = async (options: Partial<WordPressSourceOptions> = {}) => (await storyOf(sourceId, options))?.lead;
    expect(await lead()).toMatchObject({ width: 1600, height: 900, alt: null, caption: null, credit: null });
    expect(await lead({ credentials: null })).toMatchObject({ alt: null, caption: null });
    await site.call('POST', `media/${picture.id}`, {
      alt_text: 'A quay & a crane',
      caption: 'The port at <a href="https://t.example/">Tyre</a>.',
      meta: { masthead_credit: 'AP Photo' },
    });
    for (const credentials of [gateway, null]) {
      const image = await lead({ credentials });
      expect(image).toMatchObject({
        type: 'Image',
        alt: 'A quay & a crane',
        caption: 'The port at Tyre.',
        credit: 'AP Photo',
      });
      const renditions = image?.type === 'Image' ? image.renditions : [];
      expect(renditions.map(({ width, height }) => `${width}x${height}`)).toEqual([
        '300x169',
        '768x432',
        '1024x576',
        '1536x864',
        '1600x900',
      ]);
      expect((await fetch(renditions[0]?.url ?? '')).status).toBe(200);
    }
    await site.call('POST', `media/${picture.id}`, { alt_text: '', meta: { masthead_decorative: true } });
    expect(await lead()).toMatchObject({ alt: '' });
  });

  describe('with many stories', () => {
    const COUNT = 260;

    beforeAll(async () => {
      // As an import writes them: all in the same second.
      await site.php(
        `global $wpdb; $rows = [];
         for ($i = 1; $i <= ${COUNT}; $i++) $rows[] = "(1, '2026-01-02 03:04:05', '2026-01-02 02:04:05', '2026-01-02 03:04:05', '2026-01-02 02:04:05', 'Bulk $i', 'bulk-$i', 'publish', 'post', '', '', '', '', '')";
         $wpdb->query("INSERT INTO {$wpdb->posts} (post_author, post_date, post_date_gmt, post_modified, post_modified_gmt, post_title, post_name, post_status, post_type, post_content, post_excerpt, to_ping, pinged, post_content_filtered) VALUES " . implode(',', $rows));`,
      );
    }, 60_000);

    const bulkIds = async (): Promise<readonly string[]> =>
      JSON.parse(
        await site.php(
          `global $wpdb; echo json_encode($wpdb->get_col("SELECT ID FROM {$wpdb->posts} WHERE post_name LIKE 'bulk-%' ORDER BY ID"));`,
        ),
      ) as readonly string[];

    it('asks once for a hundred when it knows what they are filed under', async () => {
      const http = countingClient();
      const source = site.source({ credentials: gateway, http });
      const hundred = (await bulkIds()).slice(0, 100);
      await source.stories(hundred, { withHtml: false });
      http.routes.length = 0;
      expect(await source.stories(hundred, { withHtml: false })).toHaveLength(100);
      expect(http.routes).toEqual(['posts']);
    });

    it('gives a story that is in no category a section all the same', async () => {
      const [first = ''] = await bulkIds();
      expect(await storyOf(first)).toMatchObject({ sectionPaths: ['uncategorized'] });
    });

    it('gets past a second in which more were saved than a page holds', async () => {
      const source = site.source({ credentials: gateway });
      const seen = new Set<string>();
      let next: string | null = null;
      do {
        const page: Sightings = await source.savedSince(Date.UTC(2026, 0, 2, 2, 4, 5), next);
        for (const { sourceId } of page.sightings) seen.add(sourceId);
        next = page.next;
      } while (next !== null);
      for (const id of await bulkIds()) expect(seen).toContain(id);
    });

    it('skips nothing in its inventory when stories are deleted between two pages', async () => {
      const source = site.source({ credentials: gateway });
      const seen: string[] = [];
      let next: string | null = null;
      do {
        const page: Sightings = await source.inventory(next);
        seen.push(...page.sightings.map(({ sourceId }) => sourceId));
        next = page.next;
        if (seen.length <= 100)
          await site.php(
            `global $wpdb; $wpdb->query("DELETE FROM {$wpdb->posts} WHERE post_name LIKE 'bulk-%' ORDER BY ID LIMIT 30");`,
          );
      } while (next !== null);
      for (const id of await bulkIds()) expect(seen).toContain(id);
      expect(new Set(seen).size).toBe(seen.length);
    });
  });

  it('finds what was saved in the second run of the hour that a wall clock shows twice', async () => {
    const ids = [await publish(), await publish()];
    // Summer ends in Madrid: 02:50 of summer, then 02:10 of winter, twenty minutes later.
    await site.php(
      `global $wpdb;
       $wpdb->update($wpdb->posts, ['post_modified' => '2026-10-25 02:50:00', 'post_modified_gmt' => '2026-10-25 00:50:00'], ['ID' => ${ids[0]}]);
       $wpdb->update($wpdb->posts, ['post_modified' => '2026-10-25 02:10:00', 'post_modified_gmt' => '2026-10-25 01:10:00'], ['ID' => ${ids[1]}]);`,
    );
    const { sightings } = await site.source({ credentials: gateway }).savedSince(Date.UTC(2026, 9, 25, 0, 55), null);
    expect(sightings).toContainEqual({ sourceId: ids[1], modifiedAt: Date.UTC(2026, 9, 25, 1, 10) });
    expect(sightings.map(({ sourceId }) => sourceId)).not.toContain(ids[0]);
  });
});
