import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTombstoneRegister } from '../../src/changes/tombstone-register.ts';
import type { Database } from '../../src/database/database.ts';
import { createReader } from '../bench/over-eviction/read-answer.ts';
import { testEditions } from '../support/import-lines.ts';
import { createIngestRig, RIG_START, type IngestRig } from '../support/ingest-rig.ts';
import { createTestDatabase } from '../support/test-database.ts';

type Fields = Readonly<Record<string, unknown>>;

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
const ago = (ms: number): string => new Date(RIG_START - ms).toISOString();

const SECTIONS = { en: 'news/politics', ar: 'أخبار/سياسة', es: 'noticias/politica' } as const;
type EditionName = keyof typeof SECTIONS;

const story = (edition: EditionName, key: string, fields: Fields = {}): Fields => ({
  sourceId: key,
  edition,
  slug: key,
  headline: `Grain ${key}`,
  publishedAt: ago(HOUR_MS),
  updatedAt: ago(HOUR_MS),
  section: SECTIONS[edition],
  tags: ['grain'],
  authors: ['rana'],
  html: '<p>Words of the story.</p>',
  ...fields,
});

const TAXONOMY = (Object.keys(SECTIONS) as EditionName[]).flatMap((edition) => {
  const [news = ''] = SECTIONS[edition].split('/');
  return [
    ...[news, SECTIONS[edition], `${news}/sport`, 'world'].map((path) => ({
      type: 'section',
      edition,
      path,
      name: path,
    })),
    ...['grain', 'sea'].map((slug) => ({ type: 'tag', edition, slug, name: slug })),
    ...['rana', 'karim'].map((slug) => ({ type: 'author', edition, slug, name: slug })),
  ];
});

let database: Database;
let rig: IngestRig;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
  rig = createIngestRig(database);
});
afterAll(() => database?.close());

/** Whether an answer to `document` ends when `lines` are imported into a newsroom of `before`. */
const isEnded = async (document: string, before: readonly Fields[], lines: readonly Fields[]): Promise<boolean> => {
  await database.query(
    'TRUNCATE sections, tags, authors, articles, memberships, boundaries, addresses, live_streams, outbox',
  );
  expect((await rig.run([...TAXONOMY, ...before])).bad).toEqual([]);
  await rig.takeOutbox();
  const tombstones = createTombstoneRegister();
  const read = createReader({ database, clock: rig.clock, editions: testEditions, tombstones });
  const question = { name: '', document, variables: {}, isRanked: false };
  const held = await read(question);
  expect((await rig.run(lines)).bad).toEqual([]);
  const told = (await rig.takeOutbox()).flatMap(({ tags }) => tags);
  const ended = [...held.tags].some((tag) => told.includes(tag));
  // Whatever is said of it below, it must not be wrong.
  if (!ended) expect((await read(question)).settled).toBe(held.settled);
  return ended;
};

const list = (filter: string, edition = 'AR', rest = ''): string =>
  `{ edition(code: ${edition}) { articles(filter: { ${filter} } ${rest}) { nodes { id } totalCount } } }`;

describe('publishing an Arabic politics story', () => {
  const old = [
    story('ar', 'old'),
    story('en', 'old', { translationGroup: 'other' }),
    story('en', 'told', { translationGroup: 'g' }),
  ];
  const published = [story('ar', 'new', { translationGroup: 'g' })];

  it.each([
    ['every list of it', list('')],
    ['the count of its kind', '{ edition(code: AR) { articles(first: 1, filter: { kinds: [NEWS] }) { totalCount } } }'],
    ['its section', `{ edition(code: AR) { section(path: "أخبار/سياسة") { articles { nodes { id } } } } }`],
    ['the section above', `{ edition(code: AR) { section(path: "أخبار") { articles { nodes { id } } } } }`],
    ['its section by path', list('sectionPaths: ["أخبار/سياسة"]')],
    ['its tag', list('tagSlugs: ["grain"]')],
    ['its author among others', list('authorSlugs: ["karim", "rana"]')],
    ['its tag in the section above', list('sectionPaths: ["أخبار"], tagSlugs: ["grain"], kinds: [NEWS, VIDEO]')],
    ['its day', list(`publishedAfter: "${ago(DAY_MS)}"`)],
    ['what was updated of its tag', list('tagSlugs: ["grain"]', 'AR', 'orderBy: UPDATED_DESC')],
    ['what is not breaking', list('breaking: false')],
    ['search', '{ edition(code: AR) { search(query: "grain") { nodes { id } } } }'],
    [
      'search in its section',
      '{ edition(code: AR) { search(query: "grain", filter: { sectionPaths: ["أخبار"] }) { totalCount } } }',
    ],
    ['nothing at its slug', '{ edition(code: AR) { article(slug: "new") { id } } }'],
    ['nothing at its address', '{ route(url: "https://news.example/ar/أخبار/سياسة/new") { status } }'],
    ['the English page that looks for it', '{ edition(code: EN) { article(slug: "told") { translations { id } } } }'],
    [
      'the English page that looks for the Arabic alone',
      '{ edition(code: EN) { article(slug: "told") { translation(edition: AR) { id } } } }',
    ],
  ])('ends %s', async (_, document) => {
    expect(await isEnded(document, old, published)).toBe(true);
  });

  it.each([
    ['another kind', list('kinds: [VIDEO, OPINION]')],
    [
      'another section',
      `{ edition(code: AR) { section(path: "أخبار/sport") { articles { nodes { id } totalCount } } } }`,
    ],
    ['another section by path', list('sectionPaths: ["أخبار/sport", "world"]')],
    ['another tag', list('tagSlugs: ["sea"]')],
    ['an unknown tag', list('tagSlugs: ["nobody"]')],
    ['another author', list('authorSlugs: ["karim"]')],
    ['another tag in its section', list('sectionPaths: ["أخبار/سياسة"], tagSlugs: ["sea"]')],
    ['its tag in another section', list('sectionPaths: ["world"], tagSlugs: ["grain"]')],
    ['its tag by another author', list('authorSlugs: ["karim"], tagSlugs: ["grain"]')],
    ['videos in its section', list('sectionPaths: ["أخبار/سياسة"], kinds: [VIDEO]')],
    ['breaking news', list('breaking: true')],
    ['breaking news in its section', list('breaking: true, sectionPaths: ["أخبار"]')],
    ['a month that is over', list(`publishedAfter: "${ago(60 * DAY_MS)}", publishedBefore: "${ago(30 * DAY_MS)}"`)],
    ['all before last week', list(`publishedBefore: "${ago(7 * DAY_MS)}", tagSlugs: ["grain"]`)],
    ['what was updated in another section', list('sectionPaths: ["world"]', 'AR', 'orderBy: UPDATED_DESC')],
    [
      'search in another section',
      '{ edition(code: AR) { search(query: "grain", filter: { sectionPaths: ["world"] }) { totalCount } } }',
    ],
    [
      'search of breaking news',
      '{ edition(code: AR) { search(query: "grain", filter: { breaking: true }) { totalCount } } }',
    ],
    ['another story', '{ edition(code: AR) { article(slug: "old") { headline related { id } } } }'],
    ['the sections and tags', '{ edition(code: AR) { sections { name } tags { nodes { name } } } }'],
    ['English lists', list('', 'EN')],
    ['English search', '{ edition(code: EN) { search(query: "grain") { totalCount } } }'],
    ['an English page of another group', '{ edition(code: EN) { article(slug: "old") { translations { id } } } }'],
    ['an English page that shows no translation', '{ edition(code: EN) { article(slug: "told") { headline } } }'],
    [
      'an English page that looks for the Spanish alone',
      '{ edition(code: EN) { article(slug: "told") { translation(edition: ES) { id } } } }',
    ],
  ])('leaves alone %s', async (_, document) => {
    expect(await isEnded(document, old, published)).toBe(false);
  });
});

describe('an edit of what stands in many lists', () => {
  const first = Array.from({ length: 3 }, (_, index) =>
    story('en', `newer${index}`, { publishedAt: ago(HOUR_MS / 2) }),
  );
  const was = story('en', 'x');
  const edit = (fields: Fields): Fields => ({ ...was, updatedAt: ago(60_000), ...fields });
  /** A page it does not stand on, of a list it stands in. */
  const page = (filter = '', rest = ''): string =>
    `{ edition(code: EN) { articles(first: 2, filter: { ${filter} } ${rest}) { nodes { id } } } }`;
  const count = (filter: string): string =>
    `{ edition(code: EN) { articles(first: 1, filter: { ${filter} }) { totalCount } } }`;

  it.each<[string, Fields, string, string]>([
    ['a headline', { headline: 'Grain y' }, 'the latest', page()],
    ['a headline', { headline: 'Grain y' }, 'its section', page('sectionPaths: ["news"]')],
    ['a headline', { headline: 'Grain y' }, 'its count', count('tagSlugs: ["grain"]')],
    ['a byline', { byline: 'Rana' }, 'searches', '{ edition(code: EN) { search(query: "newer0") { nodes { id } } } }'],
    ['tags', { tags: ['grain', 'sea'] }, 'the tag it keeps', page('tagSlugs: ["grain"]')],
    ['tags', { tags: ['grain', 'sea'] }, 'its section', page('sectionPaths: ["news"]')],
    [
      'tags',
      { tags: ['grain', 'sea'] },
      'the tag it keeps, in its section',
      page('sectionPaths: ["news"], tagSlugs: ["grain"]'),
    ],
    ['the section', { section: 'news/sport' }, 'the section above', page('sectionPaths: ["news"]')],
    ['the section', { section: 'news/sport' }, 'its tag', page('tagSlugs: ["grain"]')],
    ['the kind', { kind: 'VIDEO' }, 'its section', page('sectionPaths: ["news"]')],
    ['the kind', { kind: 'VIDEO' }, 'other kinds of its section', page('sectionPaths: ["news"], kinds: [OPINION]')],
    ['breaking', { breaking: true }, 'the latest', page()],
    ['breaking', { breaking: true }, 'breaking news elsewhere', count('breaking: true, sectionPaths: ["world"]')],
    ['the slug', { slug: 'y' }, 'its section', page('sectionPaths: ["news"]')],
    ['the group', { translationGroup: 'g' }, 'its section', page('sectionPaths: ["news"]')],
    [
      'anything',
      { byline: 'Rana' },
      'what was updated elsewhere',
      page('sectionPaths: ["world"]', 'orderBy: UPDATED_DESC'),
    ],
  ])('of %s (%j) leaves alone %s', async (_what, fields, _which, document) => {
    expect(await isEnded(document, [...first, was], [edit(fields)])).toBe(false);
  });

  it.each<[string, Fields, string, string]>([
    ['tags', { tags: ['sea'] }, 'the tag it leaves', page('tagSlugs: ["grain"]')],
    ['tags', { tags: ['grain', 'sea'] }, 'the tag it gains', count('tagSlugs: ["sea"]')],
    [
      'tags',
      { tags: ['grain', 'sea'] },
      'the tag it gains, in its section',
      count('sectionPaths: ["news"], tagSlugs: ["sea"]'),
    ],
    [
      'tags',
      { tags: ['grain', 'sea'] },
      'both tags',
      '{ edition(code: EN) { tag(slug: "grain") { articles(filter: { tagSlugs: ["sea"] }) { totalCount } } } }',
    ],
    [
      'the author',
      { authors: ['karim'] },
      'the author it leaves, by kind',
      count('authorSlugs: ["rana"], kinds: [NEWS]'),
    ],
    ['the section', { section: 'news/sport' }, 'the section it leaves', page('sectionPaths: ["news/politics"]')],
    ['the section', { section: 'world' }, 'the section above the one it leaves', page('sectionPaths: ["news"]')],
    ['the kind', { kind: 'VIDEO' }, 'its new kind in its section', count('sectionPaths: ["news"], kinds: [VIDEO]')],
    ['the kind', { kind: 'VIDEO' }, 'its old kind by its author', count('authorSlugs: ["rana"], kinds: [NEWS]')],
    ['breaking', { breaking: true }, 'breaking news of its tag', count('breaking: true, tagSlugs: ["grain"]')],
    ['breaking', { breaking: true }, 'what is not breaking', count('breaking: false')],
    ['the date', { publishedAt: ago(60_000) }, 'the latest', page()],
    ['the date', { publishedAt: ago(20 * DAY_MS) }, 'the archive', count(`publishedBefore: "${ago(7 * DAY_MS)}"`)],
    ['anything', { byline: 'Rana' }, 'what was updated', page('', 'orderBy: UPDATED_DESC')],
    [
      'anything',
      { byline: 'Rana' },
      'what was updated of its tag',
      count(`tagSlugs: ["grain"], updatedAfter: "${ago(HOUR_MS / 2)}"`),
    ],
    [
      'a headline',
      { headline: 'Sea' },
      'searches for what it said',
      '{ edition(code: EN) { search(query: "grain", first: 1) { totalCount } } }',
    ],
    ['an embargo', { rights: { embargoedUntil: ago(-HOUR_MS) } }, 'its lists', page()],
    ['a withdrawal', { withdrawnAt: ago(0) }, 'its counts', count('tagSlugs: ["grain"]')],
  ])('of %s (%j) ends %s', async (_what, fields, _which, document) => {
    expect(await isEnded(document, [...first, was], [edit(fields)])).toBe(true);
  });
});

describe('a change of sections, tags and authors', () => {
  const before = [story('en', 'x')];
  const section = { type: 'section', edition: 'en', path: 'world', name: 'world' };
  const tag = { type: 'tag', edition: 'en', slug: 'grain', name: 'grain' };

  it.each<[string, Fields, string]>([
    ['a section’s new name', { ...section, name: 'W' }, '{ edition(code: EN) { sections { name } } }'],
    [
      'a section’s new name',
      { ...section, name: 'W' },
      '{ route(url: "https://news.example/en/world") { status node { ... on Section { name } } } }',
    ],
    [
      'a new section',
      { ...section, path: 'world/asia' },
      '{ edition(code: EN) { section(path: "world/asia") { id } } }',
    ],
    [
      'a new section',
      { ...section, path: 'world/asia' },
      '{ route(url: "https://news.example/en/world/asia") { status } }',
    ],
    [
      'a new section',
      { ...section, path: 'world/asia' },
      '{ edition(code: EN) { section(path: "world") { children { id } } } }',
    ],
    ['a tag’s new name', { ...tag, name: 'Corn' }, '{ edition(code: EN) { article(slug: "x") { tags { name } } } }'],
    ['a tag’s new name', { ...tag, name: 'Corn' }, '{ edition(code: EN) { search(query: "corn") { totalCount } } }'],
    [
      'a tag’s new name',
      { ...tag, name: 'Corn' },
      '{ edition(code: EN) { search(query: "corn", filter: { sectionPaths: ["news"] }) { totalCount } } }',
    ],
    ['a tag’s new name', { ...tag, name: 'Corn' }, '{ edition(code: EN) { tags { nodes { slug } } } }'],
    ['a new tag', { ...tag, slug: 'new' }, '{ edition(code: EN) { tag(slug: "new") { name } } }'],
    ['a new tag', { ...tag, slug: 'new' }, '{ route(url: "https://news.example/en/tags/new") { status } }'],
    [
      'a tag’s counterpart',
      { ...tag, edition: 'ar', translationGroup: 'g' },
      '{ edition(code: EN) { tag(slug: "sea") { translations { name } } } }',
    ],
    [
      'a new author',
      { type: 'author', edition: 'en', slug: 'new', name: 'N' },
      '{ edition(code: EN) { author(slug: "new") { name } authors { nodes { name } } } }',
    ],
  ])('%s ends what reads it: %j', async (_, line, document) => {
    const grouped = { ...tag, slug: 'sea', name: 'sea', translationGroup: 'g' };
    expect(await isEnded(document, [...before, grouped], [line])).toBe(true);
  });

  it.each<[string, Fields, string]>([
    [
      'a section’s new name',
      { ...section, name: 'W' },
      '{ edition(code: EN) { section(path: "news") { name children { name } } } }',
    ],
    ['a section’s new name', { ...section, name: 'W' }, list('sectionPaths: ["world"]', 'EN')],
    ['a tag’s new name', { ...tag, name: 'Corn' }, list('tagSlugs: ["grain"]', 'EN')],
    [
      'a tag’s new name',
      { ...tag, name: 'Corn' },
      '{ edition(code: AR) { tags { nodes { name } } search(query: "corn") { totalCount } } }',
    ],
    [
      'a live stream',
      { type: 'live', edition: 'en', title: 'L', url: 'https://live.example/' },
      '{ edition(code: EN) { sections { name } } }',
    ],
    [
      'an author’s new life',
      { type: 'author', edition: 'en', slug: 'karim', name: 'karim', bio: 'B' },
      '{ edition(code: EN) { author(slug: "rana") { name } } }',
    ],
  ])('%s leaves alone what does not: %j', async (_, line, document) => {
    expect(await isEnded(document, before, [line])).toBe(false);
  });
});
