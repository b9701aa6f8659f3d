import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHookReceiver, type HookReceiver } from '../support/hook-receiver.ts';
import { isWithoutSites, realSite, type WordPressSite } from '../support/wordpress-site.ts';

const SECRET = `whsec_${Buffer.from('thirty-two bytes of a test secret').toString('base64')}`;
const IN_A_MONTH = new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString().slice(0, 19);

describe.skipIf(isWithoutSites)('the WordPress plugin, on a real site (needs ../shared)', () => {
  let site: WordPressSite;
  let gateway: HookReceiver;

  const configure = async (url: string, secret = SECRET): Promise<void> => {
    const settings = JSON.stringify({ gateway: `${url}/`, store: 'desk-ar', secret });
    await site.php(`update_option('masthead_settings', json_decode('${settings}', true));`);
  };
  const publish = async (fields: Readonly<Record<string, unknown>> = {}): Promise<number> =>
    (await site.call('POST', 'posts', { title: 'Story', content: '<p>Words</p>', status: 'publish', ...fields })).id;
  const told = (): readonly unknown[] => gateway.deliveries.flatMap(({ changes }) => changes);
  const queued = async (): Promise<unknown> => (await site.status())['queued'];

  beforeAll(async () => {
    [site, gateway] = await Promise.all([realSite('ar'), startHookReceiver(SECRET)]);
    await configure(gateway.url);
  }, 240_000);
  beforeEach(() => {
    gateway.answer(200);
    gateway.clear();
  });
  afterAll(async () => {
    // Other tests of this run use the site: nobody listens to it any more.
    await site.php(`delete_option('masthead_settings');`);
    await gateway.close();
  });

  it('tells of what is published before the request that published it has ended, signed', async () => {
    const id = await publish();
    expect(gateway.refused).toEqual([]);
    expect(gateway.deliveries).toMatchObject([
      { store: 'desk-ar', changes: [{ kind: 'PUBLISH', sourceId: String(id) }] },
    ]);
    const [delivery] = gateway.deliveries;
    expect(Math.abs(Date.now() / 1_000 - (delivery?.sentAtSeconds ?? 0))).toBeLessThan(60);
  });

  it('says nothing of drafts, pages and revisions', async () => {
    const draft = await publish({ status: 'draft' });
    await site.call('POST', `posts/${draft}`, { title: 'Still one' });
    await site.call('DELETE', `posts/${draft}?force=true`);
    await site.call('POST', 'pages', { title: 'Imprint', status: 'publish' });
    expect(gateway.asked()).toBe(0);
  });

  it.each([
    ['revised', { title: 'Other' }, 'UPDATE'],
    ['re-dated', { date_gmt: '2026-01-01T00:00:00' }, 'UPDATE'],
    ['scheduled after all', { date_gmt: IN_A_MONTH, status: 'future' }, 'UPDATE'],
    ['corrected', { meta: { masthead_corrections: [{ text: 'A name was wrong.' }] } }, 'CORRECTION'],
    ['filed elsewhere', { categories: [1] }, 'UPDATE'],
    ['put behind a password', { password: 'x' }, 'UPDATE'],
    ['unpublished', { status: 'draft' }, 'KILL'],
    ['made private', { status: 'private' }, 'KILL'],
  ])('tells once of a story that is %s', async (_, change, kind) => {
    const id = await publish();
    gateway.clear();
    await site.call('POST', `posts/${id}`, change);
    expect(told()).toEqual([{ kind, sourceId: String(id) }]);
  });

  it('tells of a story that is trashed, restored, and deleted for good', async () => {
    const id = await publish();
    gateway.clear();
    await site.call('DELETE', `posts/${id}`);
    expect(told()).toEqual([{ kind: 'KILL', sourceId: String(id) }]);
    gateway.clear();
    await site.call('POST', `posts/${id}`, { status: 'publish' });
    expect(told()).toEqual([{ kind: 'PUBLISH', sourceId: String(id) }]);
    gateway.clear();
    await site.call('DELETE', `posts/${id}?force=true`);
    expect(told()).toEqual([{ kind: 'KILL', sourceId: String(id) }]);
  });

  it('tells of a story when it is scheduled, and again when its time has come', async () => {
    const id = await publish({ status: 'future', date_gmt: IN_A_MONTH });
    expect(told()).toEqual([{ kind: 'PUBLISH', sourceId: String(id) }]);
    gateway.clear();
    await site.php(`wp_publish_post(${id});`);
    expect(told()).toEqual([{ kind: 'PUBLISH', sourceId: String(id) }]);
  });

  it('tells of many changes of one request in one delivery, and of each story once', async () => {
    const ids = [await publish(), await publish(), await publish()];
    gateway.clear();
    await site.php(
      `foreach ([${ids.join(',')}] as $id) { wp_update_post(['ID' => $id, 'post_title' => 'A']); wp_update_post(['ID' => $id, 'post_title' => 'B']); } wp_trash_post(${ids[0]});`,
    );
    expect(gateway.deliveries).toHaveLength(1);
    expect(told()).toEqual([
      { kind: 'KILL', sourceId: String(ids[0]) },
      { kind: 'UPDATE', sourceId: String(ids[1]) },
      { kind: 'UPDATE', sourceId: String(ids[2]) },
    ]);
  });

  it('tells of sections, tags and authors, and of the stories a deleted one was on', async () => {
    const tag = await site.call('POST', 'tags', { name: `tag ${Date.now()}` });
    expect(told()).toEqual([{ taxonomy: true }]);
    const id = await publish({ tags: [tag.id] });
    gateway.clear();
    await site.call('POST', `tags/${tag.id}`, { name: 'renamed' });
    expect(told()).toEqual([{ taxonomy: true }]);
    gateway.clear();
    await site.call('POST', `tags/${tag.id}`, { meta: { masthead_translation_group: 'moscow' } });
    expect(told()).toEqual([{ taxonomy: true }]);
    gateway.clear();
    await site.call('DELETE', `tags/${tag.id}?force=true`);
    expect(told()).toHaveLength(2);
    expect(told()).toEqual(expect.arrayContaining([{ taxonomy: true }, { kind: 'UPDATE', sourceId: String(id) }]));
    gateway.clear();
    await site.call('POST', 'users/me', { description: `Editor since ${Date.now()}` });
    expect(told()).toEqual([{ taxonomy: true }]);
  });

  it('tells of the stories whose author is deleted', async () => {
    const name = `writer-${Date.now()}`;
    const user = await site.call('POST', 'users', {
      username: name,
      email: `${name}@example.invalid`,
      password: 'a long one of a test',
      roles: ['author'],
    });
    const id = await publish({ author: user.id });
    gateway.clear();
    await site.call('DELETE', `users/${user.id}?force=true&reassign=1`);
    expect(told()).toEqual(expect.arrayContaining([{ taxonomy: true }, { kind: 'UPDATE', sourceId: String(id) }]));
    expect(told()).toHaveLength(2);
  });

  it('tells of the stories that lead with a picture whose words or file change', async () => {
    const picture = await site.upload('p.png', 'image/png', PNG);
    const id = await publish({ featured_media: picture.id });
    for (const change of [{ alt_text: 'A quay' }, { caption: 'The port' }, { meta: { masthead_credit: 'AP' } }]) {
      gateway.clear();
      await site.call('POST', `media/${picture.id}`, change);
      expect(told()).toEqual([{ kind: 'UPDATE', sourceId: String(id) }]);
    }
    gateway.clear();
    await site.call('DELETE', `media/${picture.id}?force=true`);
    expect(told()).toEqual([{ kind: 'UPDATE', sourceId: String(id) }]);
  });

  it.each([503, 401, 302] as const)('keeps what was answered with %s and sends it again, the same', async (status) => {
    gateway.answer(status);
    const id = await publish();
    expect(gateway.asked()).toBe(1);
    expect(await queued()).toBe(1);
    expect(String((await site.status())['lastFailure'])).toMatch(new RegExp(`^answered ${status}, 20`));
    gateway.answer(200);
    await site.php(`do_action('masthead_retry');`);
    expect(told()).toEqual([{ kind: 'PUBLISH', sourceId: String(id) }]);
    expect(await queued()).toBe(0);
    await site.php(`do_action('masthead_retry');`);
    expect(gateway.deliveries).toHaveLength(1);
    expect(gateway.ids).toHaveLength(2);
    expect(new Set(gateway.ids).size).toBe(1);
  });

  it('does not hold up the others with one that is refused for good', async () => {
    gateway.answer(400);
    await publish();
    expect(await queued()).toBe(0);
    expect(String((await site.status())['lastFailure'])).toMatch(/^answered 400, 20/);
  });

  it('sends what waits along with the next change', async () => {
    gateway.answer(503);
    const first = await publish();
    gateway.answer(200);
    const second = await publish();
    expect(told()).toEqual([
      { kind: 'PUBLISH', sourceId: String(first) },
      { kind: 'PUBLISH', sourceId: String(second) },
    ]);
    expect(new Set(gateway.deliveries.map(({ id }) => id)).size).toBe(2);
  });

  it('never sends that a story is gone which has come back meanwhile, nor the other way round', async () => {
    const [back, gone] = [await publish(), await publish()];
    gateway.answer(503);
    await site.call('DELETE', `posts/${back}`);
    await site.call('POST', `posts/${gone}`, { title: 'Last words' });
    // Past the plugin: these changes are not told, as if another process had told them already.
    await site.php(
      `global $wpdb; $wpdb->update($wpdb->posts, ['post_status' => 'publish'], ['ID' => ${back}]); $wpdb->update($wpdb->posts, ['post_status' => 'draft'], ['ID' => ${gone}]);`,
    );
    gateway.answer(200);
    const before = new Set(gateway.ids);
    gateway.clear();
    await site.php(`do_action('masthead_retry');`);
    expect(told()).toEqual([
      { kind: 'PUBLISH', sourceId: String(back) },
      { kind: 'KILL', sourceId: String(gone) },
    ]);
    // Other words under the name of the first would be refused.
    expect(gateway.ids.filter((id) => before.has(id))).toEqual([]);
  });

  it('keeps an editor no longer than two seconds when the gateway hangs', async () => {
    gateway.answer('nothing');
    const startedAt = performance.now();
    await publish();
    expect(performance.now() - startedAt).toBeLessThan(2_000 + 4_000);
    expect(await queued()).toBe(1);
    expect(String((await site.status())['lastFailure'])).toMatch(/^no answer \(http_request_failed\)/);
    gateway.answer(200);
    await site.php(`do_action('masthead_retry');`);
    expect(await queued()).toBe(0);
  });

  it('gives up what waited for a day, and keeps no more than it can', async () => {
    gateway.answer(503);
    await publish();
    await site.php(
      `$name = masthead_queued(1)[0]; $d = get_option($name); $d['at'] -= DAY_IN_SECONDS + 1; update_option($name, $d);`,
    );
    await site.php(`do_action('masthead_retry');`);
    expect(await queued()).toBe(0);
    await site.php(`for ($i = 0; $i < 520; $i++) masthead_enqueue([1 => 'UPDATE']);`);
    expect(await queued()).toBe(500);
    await site.php(`array_map('delete_option', masthead_queued(1000));`);
  });

  it('sends nothing until it is told where to and by which secret', async () => {
    for (const [url, secret] of [
      ['', SECRET],
      [gateway.url, ''],
      [gateway.url, 'whsec_c2hvcnQ='],
      [gateway.url, 'no secret at all, whatever it is'],
    ]) {
      await site.php(
        `update_option('masthead_settings', ['gateway' => '${url}', 'store' => 'desk-ar', 'secret' => '${secret}']);`,
      );
      await publish();
    }
    await configure(gateway.url);
    expect(gateway.asked()).toBe(0);
    expect(await queued()).toBe(0);
  });

  it('refuses settings that cannot work, and keeps a secret that is not typed again', async () => {
    const settingsAfter = async (typed: Readonly<Record<string, string>>): Promise<unknown> =>
      JSON.parse(
        await site.php(
          `require ABSPATH.'wp-admin/includes/template.php'; echo json_encode(masthead_sanitize_settings(json_decode('${JSON.stringify(typed)}', true)));`,
        ),
      );
    const before = { gateway: `${gateway.url}/`, store: 'desk-ar', secret: SECRET };
    expect(await settingsAfter({ gateway: 'ftp://x', store: 'a b', secret: 'whsec_short' })).toEqual(before);
    expect(await settingsAfter({ gateway: 'https://g.example/', store: 'desk', secret: '' })).toEqual({
      gateway: 'https://g.example',
      store: 'desk',
      secret: SECRET,
    });
  });

  it('never shows its secret again', async () => {
    const page = await site.php(
      `require ABSPATH.'wp-admin/includes/admin.php'; do_action('admin_init'); masthead_settings_page();`,
    );
    expect(page).toContain('desk-ar');
    expect(page).not.toContain(SECRET);
    expect(page).not.toContain(SECRET.slice('whsec_'.length));
  });

  it('tells its status to those who may see every story, and to nobody else', async () => {
    await site.php(`delete_option('masthead_last_failure');`);
    expect(await site.status()).toEqual({ version: '0.1.0', configured: true, queued: 0, lastFailure: null });
    expect((await fetch(`${site.home}/wp-json/masthead/v1/status`)).status).toBe(401);
  });

  it('refuses fields of another shape with an error that names them', async () => {
    for (const [name, value] of Object.entries({
      masthead_kind: 'ESSAY',
      masthead_embargoed_until: 'tomorrow',
      masthead_authors: ['rana'],
      masthead_sources: [{ kind: 'AGENCY', name: '' }],
      masthead_breaking: 'perhaps',
    }))
      await expect(publish({ meta: { [name]: value } })).rejects.toThrow(name);
  });

  it('lets the classic editor set fields beside the story, and leaves alone what was not touched', async () => {
    const id = await publish({
      meta: { masthead_embargoed_until: '2026-12-01T00:00:30+09:00', masthead_tag_order: [1], masthead_kicker: 'Old' },
    });
    gateway.clear();
    const typed = {
      masthead_kicker: 'Europe \\ “quoted”',
      masthead_kind: 'OPINION',
      masthead_breaking: '1',
      masthead_breaking_until: '2026-12-24T18:00',
      // As the box had drawn it, by the clock of Madrid.
      masthead_embargoed_until: '2026-11-30T16:00',
      masthead_expires_at: 'next week',
      masthead_correction: 'A name was wrong.',
    };
    const save = (fields: object, user: number): Promise<string> =>
      site.php(
        `wp_set_current_user(${user}); $_POST = wp_slash(json_decode(base64_decode('${Buffer.from(JSON.stringify(fields)).toString('base64')}'), true));
         $_POST['masthead_nonce'] = wp_create_nonce('masthead-${id}'); wp_update_post(['ID' => ${id}, 'post_title' => 'Saved']);
         require ABSPATH.'wp-admin/includes/admin.php'; masthead_draw_box(get_post(${id}));`,
      );
    const box = await save(typed, 1);
    expect(box).toContain('value="2026-11-30T16:00"');
    expect(box).toContain('A name was wrong.');
    const { meta } = await site.call('GET', `posts/${id}?context=edit`);
    expect(meta).toMatchObject({
      masthead_kicker: 'Europe \\ “quoted”',
      masthead_kind: 'OPINION',
      masthead_breaking: true,
      masthead_breaking_until: '2026-12-24T18:00:00+01:00',
      masthead_embargoed_until: '2026-12-01T00:00:30+09:00',
      masthead_expires_at: '',
      masthead_tag_order: [1],
      masthead_corrections: [{ text: 'A name was wrong.' }],
    });
    expect(told()).toEqual([{ kind: 'CORRECTION', sourceId: String(id) }]);
    // Sent again, as drawn before two fields were set elsewhere; one was typed anew.
    await site.call('POST', `posts/${id}`, { meta: { masthead_byline: 'Set elsewhere', masthead_seo_title: 'Set' } });
    const drawn = Object.fromEntries(
      Array.from(box.matchAll(/name="masthead_drawn_(\w+)" value="([^"]*)"/g)).flatMap(([, name = '', value = '']) => [
        [`masthead_drawn_${name}`, value.replaceAll('&quot;', '"')],
        [`masthead_${name}`, value.replaceAll('&quot;', '"')],
      ]),
    );
    await save({ ...drawn, masthead_byline: 'By hand', masthead_correction: 'A name was wrong.' }, 1);
    expect((await site.call('GET', `posts/${id}?context=edit`))['meta']).toMatchObject({
      masthead_byline: 'By hand',
      masthead_seo_title: 'Set',
      masthead_kind: 'OPINION',
      masthead_corrections: [{ text: 'A name was wrong.' }],
    });
    await save({ masthead_kicker: 'Nobody' }, 0);
    expect((await site.call('GET', `posts/${id}?context=edit`))['meta']).toMatchObject({
      masthead_kicker: 'Europe \\ “quoted”',
      masthead_kind: 'OPINION',
    });
  });

  it.each([
    ['classic', false, true],
    ['block', true, false],
  ])('draws its box in the classic editor alone: %s', async (_, isBlockEditor, isDrawn) => {
    const id = await publish({ status: 'draft' });
    const boxes = await site.php(
      `wp_set_current_user(1); require ABSPATH.'wp-admin/includes/admin.php'; set_current_screen('post');
       get_current_screen()->is_block_editor(${isBlockEditor}); $post = get_post(${id});
       do_action('add_meta_boxes_post', $post); do_meta_boxes('post', 'side', $post);`,
    );
    expect(boxes.includes('masthead_embargoed_until')).toBe(isDrawn);
  });

  it('dates a saving when it was, whatever the date of the story', async () => {
    const before = Math.floor(Date.now() / 1_000) * 1_000;
    const ids = [
      await publish({ date_gmt: '2020-01-01T00:00:00' }),
      await publish({ status: 'future', date_gmt: IN_A_MONTH }),
    ];
    const stories = await site.source().stories(ids.map(String), { withHtml: false });
    expect(stories).toHaveLength(2);
    for (const { modifiedAt } of stories) {
      expect(modifiedAt).toBeGreaterThanOrEqual(before);
      expect(modifiedAt).toBeLessThanOrEqual(Date.now());
    }
  });
});

/** A red dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
