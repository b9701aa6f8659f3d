import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, type Config } from '../../src/config/load.ts';
import { NOT_READ_YET } from '../../src/config/schema.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'masthead-config-'));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;

/** A configuration file with this text. */
const write = (text: string): string => {
  files += 1;
  const file = join(directory, `${files}.yaml`);
  writeFileSync(file, text);
  return file;
};

const load = (variables: Record<string, string | undefined> = {}): Config =>
  loadConfig({ variables, demoFile: demoConfigFile });

const failureOf = (variables: Record<string, string | undefined>): ConfigError => {
  try {
    load(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was loaded');
};
/** What is said against a configuration file with this text, the file's own name cut off. */
const problemsOf = (text: string): readonly string[] => {
  const file = write(text);
  return failureOf({ MASTHEAD_CONFIG: file }).problems.map((problem) => {
    expect(problem.startsWith(`${file}: `)).toBe(true);
    return problem.slice(file.length + 2);
  });
};

const EDITION = 'code: en, name: News, language: en, timeZone: UTC';

describe('loadConfig, with an empty environment', () => {
  it('serves the demo newsroom in three editions on port 4000', () => {
    const config = load();
    expect(config.isDemo).toBe(true);
    expect(config.publicUrl).toBe('http://localhost:4000');
    expect(config.editions.map(({ code, direction, url }) => [code, direction, url])).toEqual([
      ['EN', 'LTR', 'http://localhost:4000/en'],
      ['AR', 'RTL', 'http://localhost:4000/ar'],
      ['ES', 'LTR', 'http://localhost:4000/es'],
    ]);
    expect(config.environment).toMatchObject({
      PORT: 4000,
      DATA_DIR: '.masthead',
      CORS_ORIGINS: ['*'],
      TRUST_PROXY: 0,
    });
    expect(config.environment.DATABASE_URL).toBe(undefined);
    expect(config.unreadVariables).toEqual([]);
  });

  it('cannot be changed afterwards', () => {
    const config = load();
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.environment)).toBe(true);
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    const empty = {
      PORT: '',
      DATABASE_URL: '',
      MASTHEAD_CONFIG: ' ',
      CORS_ORIGINS: '\t',
      ADMIN_TOKEN: '',
      LOG_LEVEL: '',
      REDIS_URL: '',
    };
    expect(load(empty)).toEqual(load());
  });

  it('leaves alone what is none of its business', () => {
    expect(load({ PATH: '/bin', NODE_ENV: 'production', npm_config_registry: 'x' })).toEqual(load());
  });
});

describe('loadConfig, of the environment', () => {
  it('reads numbers, lists and addresses', () => {
    const { environment, publicUrl, editions } = load({
      PORT: '8080',
      PUBLIC_URL: 'https://graph.news.example/',
      CORS_ORIGINS: 'https://a.example, https://b.example:8443',
      WEBSUB_HUBS: 'https://hub.example/, https://second.example/hub?site=1',
      DATABASE_URL: 'postgres://user:secret@db:5432/news?sslmode=require',
      QUERY_MAX_COST: '100',
      QUERY_COMPILE: 'false',
      WEBHOOK_ALLOW_NETWORKS: '10.0.0.0/8, fd00::/8,192.0.2.7',
    });
    expect(environment).toMatchObject({
      PORT: 8080,
      CORS_ORIGINS: ['https://a.example', 'https://b.example:8443'],
      WEBSUB_HUBS: ['https://hub.example/', 'https://second.example/hub?site=1'],
      DATABASE_URL: 'postgres://user:secret@db:5432/news?sslmode=require',
      QUERY_MAX_COST: 100,
      QUERY_COMPILE: false,
      WEBHOOK_ALLOW_NETWORKS: [
        { address: '10.0.0.0', prefix: 8, family: 'ipv4' },
        { address: 'fd00::', prefix: 8, family: 'ipv6' },
        { address: '192.0.2.7', prefix: 32, family: 'ipv4' },
      ],
    });
    expect(publicUrl).toBe('https://graph.news.example');
    expect(editions[1]?.url).toBe('https://graph.news.example/ar');
  });

  it('links to the port it listens on when no public address is given', () => {
    expect(load({ PORT: ' 8080 ' }).publicUrl).toBe('http://localhost:8080');
  });

  it('names variables of the contract that this version does not read', () => {
    expect(load({ ...Object.fromEntries(NOT_READ_YET.map((name) => [name, '1'])), PORT: '1' }).unreadVariables).toEqual(
      NOT_READ_YET,
    );
  });

  it.each([
    ['PORT', '80000'],
    ['PORT', '4000.5'],
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'graph.news.example'],
    ['PUBLIC_URL', 'ftp://graph.news.example'],
    ['PUBLIC_URL', 'https://graph.news.example/?a=b'],
    ['PUBLIC_URL', 'https://graph.news.example/#a'],
    ['DATABASE_URL', 'mysql://db/news'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_WAIT_SECONDS', '-1'],
    ['STATEMENT_TIMEOUT_MS', '0'],
    ['ADMIN_TOKEN', 'short'],
    ['PROCESS_NAME', 'cdn'],
    ['METRICS_PORT', '65536'],
    ['CORS_ORIGINS', 'a.example'],
    ['CORS_ORIGINS', 'https://a.example/'],
    ['CORS_ORIGINS', 'https://a.example,,https://b.example'],
    ['WEBSUB_HUBS', 'hub.example'],
    ['WEBSUB_HUBS', 'https://hub.example/,'],
    ['WEBSUB_HUBS', 'https://hub.example/>; rel="next"'],
    ['TRUST_PROXY', 'true'],
    // A timer holds no more: longer ones would fire at once.
    ['OPERATION_TIMEOUT_MS', '3000000000'],
    ['STATEMENT_TIMEOUT_MS', '2147483648'],
    ['SHUTDOWN_SECONDS', '2147483'],
    ['CLIENT_MAX_AGE_SECONDS', '3601'],
    ['MEMORY_TIER_MEGABYTES', '0'],
    ['QUERY_MAX_DEPTH', 'deep'],
    ['QUERY_COMPILE', 'yes'],
    ['WEBHOOK_ALLOW_NETWORKS', 'localhost'],
    ['WEBHOOK_ALLOW_NETWORKS', '10.0.0.0/33'],
    ['WEBHOOK_ALLOW_NETWORKS', '10.0.0.0/8;fd00::/8'],
    ['BODY_MAX_KILOBYTES', '1000000'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by its name', (name, value) => {
    const { problems } = failureOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: .{5,}`));
  });

  it('says everything that is wrong at once, of the environment and of the file', () => {
    const file = write('editions: [{ code: fr, name: "", language: en, timeZone: Mars/Olympus, colour: red }]');
    const error = failureOf({ PORT: 'x', LOG_LEVEL: 'loud', QUERY_MAX_COST: '-5', MASTHEAD_CONFIG: file });
    const names = error.problems.map((problem) => String(/^(?:FILE: )?[^:]+/.exec(problem.replace(file, 'FILE'))?.[0]));
    expect(names.toSorted()).toEqual([
      'FILE: editions.0',
      'FILE: editions.0.code',
      'FILE: editions.0.name',
      'FILE: editions.0.timeZone',
      'LOG_LEVEL',
      'PORT',
      'QUERY_MAX_COST',
    ]);
    expect(error.message.split('\n')).toHaveLength(8);
    expect(error.message).toMatch(/^The configuration has 7 problems:\n {2}/);
  });

  it('speaks of one problem in the singular', () => {
    expect(failureOf({ PORT: 'x' }).message).toMatch(/^The configuration has a problem:\n {2}PORT: /);
  });

  it.each([
    ['DATABASE_URL', 'mysql://editor:hunter2-hunter2@db.internal/news', 'hunter2'],
    ['DATABASE_URL', 'editor:hunter2-hunter2@db.internal', 'hunter2'],
    ['ADMIN_TOKEN', 'hunter2', 'hunter2'],
  ])('never shows the value of a bad %s', (name, value, secret) => {
    const error = failureOf({ [name]: value });
    const shown = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
    expect(shown).toContain(name);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain('db.internal');
  });

  it('never shows a good secret beside a bad value', () => {
    const error = failureOf({
      DATABASE_URL: 'postgres://editor:hunter2@db.internal/news',
      ADMIN_TOKEN: 'sesame-sesame-sesame',
      PORT: 'x',
    });
    expect(`${error.message}${error.stack}`).not.toMatch(/hunter2|sesame|db\.internal/);
  });
});

describe('loadConfig, of the file', () => {
  it('fills in what an edition leaves out', () => {
    const { editions, isDemo } = load({ MASTHEAD_CONFIG: write(`editions: [{ ${EDITION} }]`) });
    expect(isDemo).toBe(false);
    expect(editions).toEqual([
      {
        code: 'EN',
        name: 'News',
        homeLabel: 'News',
        tagline: null,
        language: 'en',
        direction: 'LTR',
        locale: 'en-u-nu-latn',
        numberingSystem: 'latn',
        timeZone: 'UTC',
        url: 'http://localhost:4000/en',
        links: [],
        navigation: [],
      },
    ]);
  });

  it('makes addresses absolute, languages canonical and section paths comparable', () => {
    const { editions } = load({
      MASTHEAD_CONFIG: write(`
editions:
  - code: AR
    name: الأخبار
    homeLabel: الرئيسية
    language: AR-lb
    timeZone: Asia/Beirut
    url: https://news.example/ar/
    links: [{ label: About, url: /about, rel: about }, { label: App, url: 'https://apps.example/a' }]
    navigation:
      - label: News
        section: /%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/
        children: [{ label: Deep, section: a/b, children: [{ label: Deeper, url: /x }] }]
      - { label: LIVE, url: 'https://live.example', live: true }
`),
    });
    expect(editions[0]).toMatchObject({
      code: 'AR',
      homeLabel: 'الرئيسية',
      language: 'ar-LB',
      direction: 'RTL',
      url: 'https://news.example/ar',
      links: [
        { label: 'About', url: 'https://news.example/ar/about', rel: 'about' },
        { label: 'App', url: 'https://apps.example/a', rel: null },
      ],
      navigation: [
        {
          label: 'News',
          sectionPath: 'أخبار',
          url: null,
          isLiveEntry: false,
          children: [
            { sectionPath: 'a/b', children: [{ label: 'Deeper', url: 'https://news.example/ar/x', children: [] }] },
          ],
        },
        { label: 'LIVE', sectionPath: null, url: 'https://live.example', isLiveEntry: true },
      ],
    });
  });

  it.each([
    ['language: ar-EG', 'ar-EG-u-nu-arab', 'arab', 'the digits of the locale'],
    ['language: ar, locale: ar-LB', 'ar-LB-u-nu-arab', 'arab', 'a locale beside the language'],
    ['language: ar, locale: ar-LB, numberingSystem: latn', 'ar-LB-u-nu-latn', 'latn', 'digits of its own'],
    [
      'language: ar, locale: ar-SA-u-ca-islamic-umalqura-nu-latn',
      'ar-SA-u-ca-islamic-umalqura-nu-latn',
      'latn',
      'all in one tag',
    ],
    ['language: ar, locale: ar-u-nu-arab, numberingSystem: arab', 'ar-u-nu-arab', 'arab', 'said twice alike'],
    ['language: es-419, locale: es-MX', 'es-MX-u-nu-latn', 'latn', 'a region within another'],
    ['language: en, locale: EN-gb', 'en-GB-u-nu-latn', 'latn', 'in whatever case'],
  ])('writes out by what locale dates and numbers are written: %s', (fields, locale, numberingSystem) => {
    const { editions } = load({
      MASTHEAD_CONFIG: write(`editions: [{ code: ar, name: News, timeZone: UTC, ${fields} }]`),
    });
    expect(editions[0]).toMatchObject({ locale, numberingSystem });
  });

  it.each([
    ['language: ar, locale: ar_LB', 'locale: must be a BCP 47 language tag such as ar-LB or es-MX'],
    ['language: ar, locale: fa-IR', 'locale: must be of the same language as "language", such as ar-LB for ar'],
    [
      'language: tlh',
      'locale: must be a locale that Node can write dates in; the language alone is none, give one such as en-GB',
    ],
    [
      'language: ar, numberingSystem: hindi',
      'numberingSystem: must be a numbering system of Unicode, such as latn (0123) or arab (٠١٢٣)',
    ],
    [
      'language: ar, locale: ar-u-nu-arab, numberingSystem: latn',
      'numberingSystem: differs from the one in "locale" (-u-nu-…): give one of them',
    ],
  ])('refuses a locale nobody could write by: %s', (fields, problem) => {
    expect(problemsOf(`editions: [{ code: ar, name: News, timeZone: UTC, ${fields} }]`)).toEqual([
      `editions.0.${problem}`,
    ]);
  });

  it('lets an edition say its direction itself', () => {
    const { editions } = load({ MASTHEAD_CONFIG: write(`editions: [{ ${EDITION}, direction: RTL }]`) });
    expect(editions[0]?.direction).toBe('RTL');
  });

  it.each([
    [`editions: [{ ${EDITION}, colour: red }]`, 'editions.0: Unrecognized key: "colour"'],
    [`editions: [{ ${EDITION} }]\ntheme: dark`, 'the file: Unrecognized key: "theme"'],
    [
      `editions: [{ ${EDITION}, navigation: [{ label: a, children: [{ label: b, sektion: c }] }] }]`,
      'editions.0.navigation.0.children.0: Unrecognized key: "sektion"',
    ],
    [
      `editions: [{ ${EDITION}, links: [{ label: a, url: /a, href: b }] }]`,
      'editions.0.links.0: Unrecognized key: "href"',
    ],
  ])('names a key it does not know, with its place: %s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    ['editions: []', /^editions: /],
    ['', /^the file: .*null/],
    ['[]', /^the file: /],
    ['just words', /^the file: /],
    ['editions: [{ code: en }]', /^editions\.0\.name: /],
    [
      'editions: [{ code: fr, name: a, language: fr, timeZone: UTC }]',
      /^editions\.0\.code: must be one of EN, AR, ES$/,
    ],
    [
      'editions: [{ code: en, name: a, language: "not a tag", timeZone: UTC }]',
      /^editions\.0\.language: must be a BCP 47/,
    ],
    [
      'editions: [{ code: en, name: a, language: en, timeZone: Beirut }]',
      /^editions\.0\.timeZone: must be an IANA time zone/,
    ],
    ['editions: [{ code: en, name: a, language: en, timeZone: UTC, url: /en }]', /^editions\.0\.url: /],
    [
      'editions: [{ code: en, name: a, language: en, timeZone: UTC, url: "https://x.example/?a" }]',
      /^editions\.0\.url: /,
    ],
    [
      'editions: [{ code: en, name: a, language: en, timeZone: UTC, links: [{ label: a, url: "javascript:alert(1)" }] }]',
      /^editions\.0\.links\.0\.url: must be an http/,
    ],
    [
      'editions: [{ code: en, name: a, language: en, timeZone: UTC, links: [{ label: a, url: "//evil.example" }] }]',
      /^editions\.0\.links\.0\.url: must be an http/,
    ],
    [
      'editions: [{ code: en, name: a, language: en, timeZone: UTC, links: [{ label: a, url: about }] }]',
      /^editions\.0\.links\.0\.url: must be an http/,
    ],
    [`editions: [{ ${EDITION} }, { ${EDITION.replace('en', 'EN')} }]`, /^editions: an edition stands here twice$/],
    [
      `editions: [{ ${EDITION}, url: 'https://x.example/a' }, { ${EDITION.replace('en', 'ar')}, url: 'http://X.example/a/' }]`,
      /^editions: two editions have one address$/,
    ],
  ])('says what is wrong with %s', (text, problem) => {
    expect(problemsOf(text)[0]).toMatch(problem);
  });

  it.each([
    ['editions: [', /line 1/],
    ['editions:\n\t- code: en', /line 2|[Tt]ab/],
    ['a: 1\na: 2', /unique.*line 2/],
    ['a: 1\n---\nb: 2', /documents/],
    ['a: *nowhere', /alias/],
  ])('says where the YAML of %j breaks off', (text, problem) => {
    expect(problemsOf(text).join('\n')).toMatch(problem);
  });

  it('does not take a default address for another edition’s own', () => {
    const file = write(
      [
        'editions:',
        '  - { code: EN, name: A, language: en, timeZone: UTC, url: "https://news.example/ar" }',
        '  - { code: AR, name: B, language: ar, timeZone: UTC }',
      ].join('\n'),
    );
    const { problems } = failureOf({ MASTHEAD_CONFIG: file, PUBLIC_URL: 'https://news.example' });
    expect(problems).toEqual([`${file}: editions: two editions have one address`]);
  });

  it('does not unfold a bomb of aliases', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `${'abcdefghijkl'[level]}: &${'abcdefghijkl'[level]} [${level === 0 ? 'x' : Array.from({ length: 9 }, () => `*${'abcdefghijkl'[level - 1]}`).join(', ')}]`,
    );
    expect(problemsOf(levels.join('\n'))).toEqual(['its aliases make it too large']);
  });

  it('says which file it could not read, and why', () => {
    const missing = join(directory, 'missing.yaml');
    expect(failureOf({ MASTHEAD_CONFIG: missing }).problems).toEqual([`${missing}: cannot be read (ENOENT)`]);
    expect(failureOf({ MASTHEAD_CONFIG: directory }).problems).toEqual([`${directory}: cannot be read (EISDIR)`]);
  });
});
