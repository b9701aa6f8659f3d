import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, type Config } from '../../src/config/load.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { keyPartsOf } from '../../src/wiring/create-answering.ts';
import { GRAPH_STORE } from './graph-store.ts';

const directory = mkdtempSync(join(tmpdir(), 'masthead-stores-'));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;

type Variables = Readonly<Record<string, string>>;

const load = (text: string, variables: Variables = {}): Config => {
  files += 1;
  const file = join(directory, `${files}.yaml`);
  writeFileSync(file, text);
  return loadConfig({ variables: { ...variables, MASTHEAD_CONFIG: file }, demoFile: demoConfigFile });
};

const failureOf = (text: string, variables: Variables = {}): ConfigError => {
  try {
    load(text, variables);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was loaded');
};
/** Without the file's name. */
const problemsOf = (text: string, variables: Variables = {}): readonly string[] =>
  failureOf(text, variables).problems.map((problem) => problem.replace(/^\S+\.yaml: /, ''));

const edition = (code: string, store?: string): string =>
  `  - { code: ${code}, name: News, language: ${code}, timeZone: UTC${store === undefined ? '' : `, store: ${store}`} }\n`;
const newsroom = (stores: string, ...editions: readonly string[]): string =>
  `stores:\n${stores}\neditions:\n${editions.join('')}`;

const SITE = 'kind: wordpress, url: "https://ar.example/wp-json"';
const HOOK = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

describe('stores of the configuration', () => {
  it('are the gateway’s own database alone when none is named', () => {
    expect(load(`editions:\n${edition('en')}`).stores).toEqual([{ kind: 'main', name: 'main', editions: ['EN'] }]);
    const demo = loadConfig({ variables: {}, demoFile: demoConfigFile });
    expect(demo.stores).toEqual([{ kind: 'main', name: 'main', editions: ['EN', 'AR', 'ES'] }]);
  });

  it('hold the editions that name them, one each or, in PostgreSQL, several', () => {
    const text = newsroom(
      `  desk: { kind: postgres, url: "postgres://u:p@db.example/desk" }\n  site: { ${SITE}, sweepSeconds: 30 }`,
      edition('en', 'desk'),
      edition('ar', 'site'),
      edition('es', 'desk'),
    );
    expect(load(text).stores).toMatchObject([
      { name: 'main', editions: [] },
      { name: 'desk', kind: 'postgres', editions: ['EN', 'ES'], poolSize: 10 },
      {
        name: 'site',
        kind: 'wordpress',
        editions: ['AR'],
        url: 'https://ar.example/wp-json',
        source: 'site',
        sweepSeconds: 30,
        inventorySeconds: 900,
        lagSeconds: 5,
      },
    ]);
  });

  it('say how they are guarded, or are guarded as is usual for their kind', () => {
    const usual = load(
      newsroom(
        `  desk: { kind: postgres, url: "postgres://u:p@db.example/desk" }\n  site: { ${SITE} }`,
        edition('en', 'desk'),
        edition('ar', 'site'),
      ),
    );
    expect(usual.stores.slice(1)).toMatchObject([
      { retries: 1, breaker: { failures: 5, openMs: 250, longestOpenMs: 1_000 } },
      { retries: 1, concurrency: 8, queue: 64, breaker: { failures: 5, openMs: 1_000, longestOpenMs: 10_000 } },
    ]);
    const guarded = 'retries: 0, concurrency: 2, queue: 0, breaker: { failures: 9 }';
    const [, site] = load(newsroom(`  site: { ${SITE}, ${guarded} }`, edition('ar', 'site'))).stores;
    expect(site).toMatchObject({
      retries: 0,
      concurrency: 2,
      queue: 0,
      breaker: { failures: 9, openMs: 1_000, longestOpenMs: 10_000 },
    });
  });

  it('keep the source that ids are born by when they are renamed', () => {
    const [, store] = load(newsroom(`  moved: { ${SITE}, source: site }`, edition('ar', 'moved'))).stores;
    expect(store).toMatchObject({ name: 'moved', source: 'site' });
  });

  it('of kind graphql have documents, in place or in files beside the configuration, and a mapping', () => {
    writeFileSync(
      join(directory, 'all.graphql'),
      'query All($after: String) { all(after: $after) { nodes { id at } next } }',
    );
    const inFile = GRAPH_STORE.replace(/inventory: "query.*$/m, 'inventory: { file: all.graphql }');
    const [, store] = load(newsroom(`  graph:${inFile}`, edition('es', 'graph')), { GRAPH_TOKEN: 'sesame' }).stores;
    if (store?.kind !== 'graphql') throw new Error('it is none');
    expect(store.documents.inventory.text).toMatch(/^query All/);
    expect(store.fields.stories).toMatchObject({
      headline: { path: 'title' },
      lead: { path: 'image', url: { path: 'src' } },
    });
    expect(store.headers['authorization']?.reveal()).toBe('Bearer sesame');
  });

  it.each([
    [
      newsroom('  desk: { kind: drupal }', edition('en', 'desk')),
      'stores.desk.kind: must be one of postgres, wordpress, graphql',
    ],
    [
      newsroom('  desk: { kind: postgres }', edition('en', 'desk')),
      'stores.desk.url: Invalid input: expected string, received undefined',
    ],
    [
      newsroom('  desk: { kind: postgres, url: "mysql://u:sesame@db/x" }', edition('en', 'desk')),
      'stores.desk.url: must be a URL such as postgres://user:password@host/database',
    ],
    [
      newsroom(`  site: { ${SITE}, user: x }`, edition('ar', 'site')),
      'stores.site.applicationPassword: goes with "user": give both or neither',
    ],
    [
      newsroom(`  site: { ${SITE}, hookSecret: sesame }`, edition('ar', 'site')),
      'stores.site.hookSecret: must be whsec_ and 24 to 64 bytes in base64',
    ],
    [
      newsroom(`  site: { ${SITE}, sweepSeconds: often }`, edition('ar', 'site')),
      'stores.site.sweepSeconds: must be a whole number',
    ],
    [newsroom(`  site: { ${SITE}, retries: 4 }`, edition('ar', 'site')), 'stores.site.retries: must be 0 to 3'],
    [
      newsroom(`  site: { ${SITE}, breaker: { openMs: soon } }`, edition('ar', 'site')),
      'stores.site.breaker.openMs: must be a whole number',
    ],
    [
      newsroom(`  site: { ${SITE}, pasword: sesame }`, edition('ar', 'site')),
      'stores.site: Unrecognized key: "pasword"',
    ],
    [
      newsroom(`  Site: { ${SITE} }`, edition('ar', 'Site')),
      'stores.Site: must be a small letter, then small letters, digits and hyphens, 40 at most',
    ],
    [
      newsroom(`  redis: { ${SITE} }`, edition('ar', 'redis')),
      'stores.redis: is what the gateway calls a part of its own',
    ],
    [
      newsroom(`  main: { ${SITE} }`, edition('ar', 'main')),
      'stores.main: is the gateway’s own database, which DATABASE_URL chooses: give this one another name',
    ],
    [newsroom(`  site: { ${SITE} }`, edition('ar')), 'stores.site: holds no edition: name it in one, or take it out'],
    [`editions:\n${edition('en', 'desk')}`, 'editions.0.store: must be one of main'],
    [
      newsroom(`  site: { ${SITE} }`, edition('ar', 'site'), edition('en', 'site')),
      'editions.1.store: is the store of another edition: a store of its kind holds one',
    ],
    [
      newsroom(`  graph:${GRAPH_STORE.replace('authorization:', 'a b:')}`, edition('es', 'graph')),
      'stores.graph.headers.a b: is no name of a header',
    ],
  ])('are refused with the place and the reason: %s', (text, problem) => {
    expect(problemsOf(text, { GRAPH_TOKEN: 'sesame' })).toEqual([problem]);
  });

  it.each([
    ['headline: title', 'headline: titel', 'fields.stories.headline: its document does not select stories.titel'],
    [
      'headline: title',
      'headline: dates',
      'fields.stories.headline: stories.dates has fields of its own: name one of them',
    ],
    [
      'headline: title',
      'headline: a..b',
      'fields.stories.headline: must be a path such as dates.first, or one of { path, map, default }, or { value } alone',
    ],
    [
      'headline: title',
      'headline: { path: title, value: x }',
      'fields.stories.headline: must be a path such as dates.first, or one of { path, map, default }, or { value } alone',
    ],
    [
      '        slug: slug\n',
      '',
      'fields.stories.slug: must be a path such as dates.first, or one of { path, map, default }, or { value } alone',
    ],
    [
      'lead: { path: image, url: src }',
      'lead: { path: picture, url: src }',
      'fields.stories.lead.path: its document does not select stories.picture',
    ],
    [
      'lead: { path: image, url: src }',
      'lead: { path: image, url: source }',
      'fields.stories.lead.url: its document does not select stories.image.source',
    ],
    ['next: all.next', 'next: all.cursor', 'fields.inventory.next: its document does not select all.cursor'],
    ['($ids: [ID!]!) { stories(ids: $ids)', '{ stories', 'documents.stories: must declare the variable $ids'],
    [
      '($after: String) { all',
      '($after: String, $site: ID!) { all',
      'documents.inventory: $site is given by nobody: a document of inventory is given $after',
    ],
    ['"{ sections', '"mutation { sections', 'documents.taxonomy: must hold one query, beside fragments'],
    [
      '"{ sections { path name } }"',
      '"{ sections { path sesame"',
      'documents.taxonomy: cannot be read as GraphQL (line 1, column 25)',
    ],
    [
      '"{ sections { path name } }"',
      '{ file: absent.graphql }',
      'documents.taxonomy: its file cannot be read (ENOENT)',
    ],
    [
      'url: https://graph.example/graphql',
      'url: https://me:sesame@graph.example/',
      'url: must have no user, password or fragment: credentials go into "headers"',
    ],
  ])('of kind graphql are checked before they are asked anything: %s → %s', (before, after, problem) => {
    expect(GRAPH_STORE).toContain(before);
    const text = newsroom(`  graph:${GRAPH_STORE.replace(before, after)}`, edition('es', 'graph'));
    expect(problemsOf(text, { GRAPH_TOKEN: 'sesame' })).toEqual([`stores.graph.${problem}`]);
  });
});

describe('${env.NAME} in the configuration file', () => {
  const site = (password: string): string =>
    `  site:\n    kind: wordpress\n    url: https://ar.example/wp-json\n    user: desk\n    applicationPassword: ${password}`;
  const passwordIn = (text: string, variables: Variables = {}): string | undefined => {
    const [, store] = load(newsroom(text, edition('ar', 'site')), variables).stores;
    return store?.kind === 'wordpress' ? store.applicationPassword?.reveal() : undefined;
  };

  it.each([
    ['${env.WORD}', 'sesame', 'sesame'],
    ['a-${env.WORD}-${env.WORD}', 'b', 'a-b-b'],
    ['"$${env.WORD}"', 'sesame', '${env.WORD}'],
    ['${env.WORD}', '${env.WORD}', '${env.WORD}'],
    ['${env.WORD}', '1234', '1234'],
    ['${env.WORD}', 'a: [b] # "c', 'a: [b] # "c'],
    ['$5 {a}', 'sesame', '$5 {a}'],
  ])('%s, with %s, is %s', (written, word, expected) => {
    expect(passwordIn(site(written), { WORD: word })).toBe(expected);
  });

  it('gives numbers and lists of editions their values too', () => {
    const text = newsroom(
      `${site('x')}\n    sweepSeconds: \${env.SWEEP}`,
      edition('ar', 'site').replace('News', '"${env.OUTLET}"'),
    );
    const { stores, editions } = load(text, { SWEEP: '7', OUTLET: 'بريد' });
    expect(stores[1]).toMatchObject({ sweepSeconds: 7 });
    expect(editions[0]?.name).toBe('بريد');
  });

  it.each([
    ['${env.WORD}', 'the environment variable WORD is not set'],
    ['${env.}', '"${" begins a reference such as ${env.NAME}; for the signs themselves write $${'],
    ['${WORD}', '"${" begins a reference such as ${env.NAME}; for the signs themselves write $${'],
    ['"${env.WORD"', '"${" begins a reference such as ${env.NAME}; for the signs themselves write $${'],
  ])('%s that leads nowhere is named with its place, once', (written, problem) => {
    expect(problemsOf(newsroom(site(written), edition('ar', 'site')))).toEqual([
      `stores.site.applicationPassword: ${problem}`,
    ]);
    expect(problemsOf(newsroom(site(written), edition('ar', 'site')), { WORD: ' ' })).toHaveLength(1);
  });

  it('is a key like any other where it is a key', () => {
    expect(problemsOf(`"\${env.KEY}": 1\neditions:\n${edition('en')}`, { KEY: 'stores' })).toEqual([
      'the file: Unrecognized key: "${env.KEY}"',
    ]);
  });

  it('is said at once with everything else that is wrong', () => {
    const text = newsroom(
      `${site('${env.WORD}')}\n    lagSeconds: -1\n  desk: { kind: postgres, url: x }`,
      edition('ar', 'site'),
      edition('en', 'nowhere'),
      edition('de'),
    );
    expect(problemsOf(text).map((problem) => problem.split(':')[0])).toEqual([
      'stores.site.applicationPassword',
      'stores.site.lagSeconds',
      'stores.desk.url',
      'editions.2.code',
      'editions.1.store',
      'stores.desk',
    ]);
  });
});

describe('secrets of the configuration file', () => {
  const text = (word: string): string =>
    newsroom(
      `  desk: { kind: postgres, url: "postgres://u:${word}@db.example/desk" }\n` +
        `  site: { ${SITE}, user: desk, applicationPassword: "${word}", hookSecret: ${HOOK} }\n` +
        `  graph:${GRAPH_STORE}`,
      edition('en', 'desk'),
      edition('ar', 'site'),
      edition('es', 'graph'),
    );
  const shown = (value: unknown): string =>
    `${JSON.stringify(value)}${inspect(value, { depth: 20, showHidden: true })}${String(value)}`;

  it('show nowhere in what was loaded', () => {
    const config = load(text('sesame'), { GRAPH_TOKEN: 'sesame' });
    expect(JSON.stringify(config.stores)).toContain('"applicationPassword":"(secret)"');
    expect(shown(config)).not.toContain('sesame');
    expect(shown(config)).not.toContain(HOOK);
  });

  it('are part of what answers are kept under, as a digest of them alone; so is what else stores are', () => {
    const under = (word: string, token: string) => keyPartsOf(load(text(word), { GRAPH_TOKEN: token }));
    const before = under('sesame', 'sesame');
    expect(under('sesame', 'sesame')).toEqual(before);
    // A header may name a tenant, an address may hold a password.
    expect(under('sesame', 'mustard')).not.toEqual(before);
    expect(under('mustard', 'sesame')).not.toEqual(before);
    expect(before.join()).not.toContain('sesame');
    const moved = load(text('sesame').replace('headline: title', 'headline: slug'), { GRAPH_TOKEN: 'sesame' });
    expect(keyPartsOf(moved)).not.toEqual(before);
  });

  it.each([
    ['  desk: { kind: postgres, url: sesame }', 'stores.desk.url'],
    ['  desk: { kind: postgres, url: *sesame }', 'an alias'],
    ['  desk: { kind: postgres, url: !sesame x }', 'Unresolved tag'],
    ['  desk: { kind: postgres, url: "sesame }', 'Missing closing'],
    ['  desk: |sesame', 'Block scalar'],
    ['  desk: { kind: sesame }', 'stores.desk.kind'],
    ['  desk: { kind: wordpress, url: "https://u:sesame@x.example" }', 'stores.desk.url'],
    ['  desk: { kind: wordpress, url: "https://x.example", sweepSeconds: sesame }', 'stores.desk.sweepSeconds'],
    ['  desk: { kind: wordpress, url: "https://x.example", hookSecret: whsec_sesame }', 'stores.desk.hookSecret'],
    [
      `  desk:${GRAPH_STORE.replace('Bearer $', '"sesame\\n$').replace('TOKEN}', 'TOKEN}"')}`,
      'stores.desk.headers.authorization',
    ],
    [`  desk:${GRAPH_STORE.replace('Bearer', '${sesame} ')}`, 'stores.desk.headers.authorization'],
  ])('show in no problem: %s', (stores, named) => {
    const error = failureOf(newsroom(stores, edition('en', 'desk')), { GRAPH_TOKEN: 'sesame' });
    expect(error.message).toContain(named);
    expect(`${shown(error)}${error.stack}${shown(error.cause)}`).not.toContain('sesame');
  });
});
