import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphOutlet, outletStory, OUTLET_TOKEN, type GraphOutlet } from '../support/graph-outlet.ts';
import { articleLine } from '../support/ingest-rig.ts';
import { makeFolder, runMasthead, startMasthead, type ServingMasthead } from '../support/run-masthead.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';
import { isWithoutSites, realSite, type WordPressSite } from '../support/wordpress-site.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };

/** One file, three editions, three kinds of store. */
const newsroomOf = (site: WordPressSite, outlet: GraphOutlet): string => `
stores:
  beirut:
    kind: wordpress
    url: ${site.home}/wp-json
    user: ${site.user}
    applicationPassword: \${env.WP_PASSWORD}
    sweepSeconds: 1
    deadlineMs: 30000
  outlet:
${outlet.yaml.replace(OUTLET_TOKEN, '${env.OUTLET_TOKEN}')}
    sweepSeconds: 1
editions:
  - { code: EN, name: City Post, language: en, timeZone: UTC }
  - { code: AR, name: بريد المدينة, language: ar, timeZone: Asia/Beirut, store: beirut }
  - code: ES
    name: El Faro
    language: es
    timeZone: America/Mexico_City
    store: outlet
    navigation: [{ label: Mundo, section: mundo }]
`;

const PAGE = `{
  editions { code direction articles { totalCount nodes { headline translations { edition { code } headline } } } }
}`;

describe.skipIf(isWithoutSites)('one newsroom over three kinds of stores at once', () => {
  const cwd = makeFolder();
  let site: WordPressSite;
  let outlet: GraphOutlet;
  let database: Awaited<ReturnType<typeof createPostgresTestUrl>>;
  let variables: Readonly<Record<string, string>>;
  let gateway: ServingMasthead;
  let postId: number;

  const importEnglish = async (headline: string): Promise<void> => {
    const lines = [
      { type: 'section', edition: 'en', path: 'world', name: 'World' },
      articleLine('1', {
        edition: 'en',
        section: 'world',
        headline,
        translationGroup: 'water',
        publishedAt: '2026-11-20T08:00:00Z',
      }),
    ];
    writeFileSync(join(cwd, 'news.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { ended } = runMasthead(['import', 'news.ndjson'], { cwd, variables, lifetime: 'file' });
    expect(await ended).toMatchObject({ exitStatus: 0, stderr: '' });
  };
  const story = (title: string) =>
    outletStory(1, {
      title,
      group: 'water',
      dates: { first: '2026-11-20T09:00:00Z', saved: new Date().toISOString() },
    });

  beforeAll(async () => {
    [site, outlet, database] = await Promise.all([realSite('kinds'), startGraphOutlet(), createPostgresTestUrl()]);
    // What a fresh WordPress says hello with.
    await site.php('foreach (get_posts(["numberposts" => -1]) as $post) wp_delete_post($post->ID, true);');
    ({ id: postId } = await site.call('POST', 'posts', {
      title: 'عودة المياه بعد تسعة أيام',
      content: '<p>عادت المياه إلى الحي يوم الجمعة.</p>',
      status: 'publish',
      meta: { masthead_translation_group: 'water' },
    }));
    outlet.save(story('Vuelve el agua'));
    writeFileSync(join(cwd, 'newsroom.yaml'), newsroomOf(site, outlet));
    variables = {
      MASTHEAD_CONFIG: 'newsroom.yaml',
      DATABASE_URL: database.url,
      WP_PASSWORD: site.applicationPassword,
      OUTLET_TOKEN,
    };
    await importEnglish('Water is back');
    gateway = await startMasthead({ cwd, variables, lifetime: 'file' });
  }, 300_000);
  afterAll(async () => {
    await gateway.end();
    await outlet.close();
    await database.drop();
  });

  const page = async (): Promise<unknown> => (await gateway.query(PAGE)).data;
  const ofAll = (en: string, ar: string, es: string) => {
    const told = [
      { edition: { code: 'EN' }, headline: en },
      { edition: { code: 'AR' }, headline: ar },
      { edition: { code: 'ES' }, headline: es },
    ];
    return {
      editions: told.map(({ edition: { code }, headline }) => ({
        code,
        direction: code === 'AR' ? 'RTL' : 'LTR',
        articles: {
          totalCount: 1,
          nodes: [{ headline, translations: told.filter(({ edition }) => edition.code !== code) }],
        },
      })),
    };
  };

  it('is one graph: every edition from its store, and each story linked to its translations', async () => {
    await expect.poll(page, PATIENCE).toEqual(ofAll('Water is back', 'عودة المياه بعد تسعة أيام', 'Vuelve el agua'));
  }, 120_000);

  it('is searched and filed alike, whatever the store can do itself', async () => {
    const { data } = await gateway.query(`{
      ar: edition(code: AR) { search(query: "المياه", first: 5) { totalCount } }
      es: edition(code: ES) { search(query: "agua", first: 5) { totalCount } navigation { section { articles { totalCount } } } }
    }`);
    expect(data).toEqual({
      ar: { search: { totalCount: 1 } },
      es: { search: { totalCount: 1 }, navigation: [{ section: { articles: { totalCount: 1 } } }] },
    });
  }, 30_000);

  it('shows what is written in each of them', async () => {
    await importEnglish('Water is back for good');
    await site.call('POST', `posts/${postId}`, { title: 'عودة المياه نهائياً' });
    outlet.save(story('El agua vuelve para siempre'));
    await expect
      .poll(page, PATIENCE)
      .toEqual(ofAll('Water is back for good', 'عودة المياه نهائياً', 'El agua vuelve para siempre'));
  }, 120_000);

  it('is checked store by store', async () => {
    const { exitStatus, stdout, stderr } = await runMasthead(['check'], { cwd, variables }).ended;
    expect(stdout).toMatch(/^edition AR +ok +1 articles, \d+ sections, indexed from beirut$/m);
    expect(stdout).toMatch(/^store beirut +ok +AR: WordPress, as user \S+; plugin \d/m);
    expect(stdout).toMatch(/^store outlet +ok +ES: GraphQL, 1 stories, 2 sections, 2 tags, 1 authors$/m);
    expect({ exitStatus, stderr }).toEqual({ exitStatus: 0, stderr: '' });
    expect(stdout).not.toContain(site.applicationPassword);
  }, 60_000);

  it('loses the edition of a store that is down, and no other', async () => {
    await outlet.behave('refuse');
    const query = '{ editions { code articles(first: 3) { nodes { headline } } } }';
    const response = await fetch(`${gateway.url}/graphql?${new URLSearchParams({ query }).toString()}`);
    expect(await response.json()).toMatchObject({
      data: {
        editions: [
          { code: 'EN', articles: { nodes: [{ headline: 'Water is back for good' }] } },
          { code: 'AR', articles: { nodes: [{ headline: 'عودة المياه نهائياً' }] } },
          { code: 'ES', articles: null },
        ],
      },
      errors: [{ path: ['editions', 2, 'articles'], extensions: { code: 'STORE_FAILED', store: 'outlet' } }],
    });
    await outlet.behave('well');
  }, 60_000);
});
