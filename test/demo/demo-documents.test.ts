import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ARTICLE_KINDS } from '../../src/content/entities.ts';
import { parseAddress } from '../../src/content/slug.ts';
import { demoPicturesDirectory } from '../../src/demo/demo-files.ts';
import { parseBody } from '../../src/ingest/html/parse-body.ts';
import { documentSchema, type ArticleDocument } from '../../src/ingest/document.ts';
import { addressOf, hasPassed, isReadable, LOADED_AT, readableIn, readDemo, readRawDocuments } from './read-demo.ts';

const SHARED_STORIES = ['story:desalination', 'story:football-final', 'story:grain-corridor', 'story:heat-records'];

const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('loadDemoDocuments', () => {
  it('gives lines that the importer takes, in each edition', async () => {
    const faults = (await readRawDocuments()).flatMap((raw) => {
      const { error } = documentSchema.safeParse(raw);
      return error === undefined
        ? []
        : [`${String(raw['edition'])} ${String(raw['sourceId'] ?? raw['slug'])}: ${error.message}`];
    });
    expect(faults).toEqual([]);
  });

  it('names every section before its children and before its articles', async () => {
    const documents = (await readRawDocuments()).map((raw) => documentSchema.parse(raw));
    const seen = new Set<string>();
    const tooEarly: string[] = [];
    for (const document of documents) {
      const needs =
        document.type === 'section'
          ? document.path.split('/').slice(0, -1).join('/')
          : document.type === 'article'
            ? document.section
            : '';
      if (needs !== '' && !seen.has(`${document.edition} ${needs}`)) tooEarly.push(`${document.edition} ${needs}`);
      if (document.type === 'section') seen.add(`${document.edition} ${document.path}`);
    }
    expect(seen.size).toBe(3 * 23);
    expect(tooEarly).toEqual([]);
  });

  it('is as fresh a year later', async () => {
    const newest = async (now: number): Promise<number> =>
      Math.max(...(await readRawDocuments(now)).map((raw) => Date.parse(String(raw['publishedAt'])) || 0));
    const now = Date.parse('2027-11-23T09:00:00Z');
    expect(now - (await newest(now))).toBeLessThan(24 * 60 * 60_000);
  });

  it('is in Unicode normal form C', async () => {
    const text = JSON.stringify(await readRawDocuments());
    expect(text).toBe(text.normalize('NFC'));
  });
});

describe.each(await readDemo())('the $edition desk', (desk) => {
  const { edition, sections, tags, authors, articles } = desk;
  const paths = sections.map(({ path }) => path);

  it('has at least forty articles to read, and each kind among them', () => {
    const readable = articles.filter(isReadable);
    expect(readable.length).toBeGreaterThanOrEqual(40);
    expect([...new Set(readable.map(({ kind }) => kind))].toSorted()).toEqual([...ARTICLE_KINDS].toSorted());
  });

  it('has at least three of them in each section, regions and formats as well', () => {
    expect(paths.filter((path) => readableIn(desk, path).length < 3)).toEqual([]);
  });

  it('names no address, slug, path, id or translation group twice', () => {
    const groups = [articles, sections, tags, authors].flat().map(({ translationGroup }) => translationGroup);
    expect(repeated(articles.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(articles.map(({ sourceId }) => sourceId))).toEqual([]);
    expect(repeated(paths)).toEqual([]);
    expect(repeated(tags.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(authors.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(groups.filter((group) => group !== undefined))).toEqual([]);
  });

  it('files every article in sections, under tags and authors that exist', () => {
    const known = new Set([
      ...paths,
      ...tags.map(({ slug }) => `tag ${slug}`),
      ...authors.map(({ slug }) => `author ${slug}`),
    ]);
    // A tag or author with a name of its own is made when missing.
    const named = (kind: string, list: ArticleDocument['tags']): string[] =>
      list.flatMap((entry) => (typeof entry === 'string' ? [`${kind} ${entry}`] : []));
    const unknown = articles.flatMap((article) =>
      [article.section, ...article.sections, ...named('tag', article.tags), ...named('author', article.authors)]
        .filter((reference) => !known.has(reference))
        .map((reference) => `${article.sourceId}: ${reference}`),
    );
    expect(unknown).toEqual([]);
  });

  it('declares no tag that none of its articles bears', () => {
    const borne = new Set(articles.flatMap((article) => article.tags));
    expect(tags.filter(({ slug }) => !borne.has(slug)).map(({ slug }) => slug)).toEqual([]);
  });

  it('leads with its links to stories that exist', () => {
    const addresses = new Set(articles.map(addressOf));
    const links = articles.flatMap(({ html, sourceId }) =>
      [...html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href = '']) => ({ href, sourceId })),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ href }) => !addresses.has(`/${parseAddress(`https://x.example${href}`)?.path}`))).toEqual(
      [],
    );
  });

  it('shows no picture that is not there', () => {
    const drawn = new Set(readdirSync(demoPicturesDirectory).map((name) => `/media/${name}`));
    const shown = [...JSON.stringify([articles, authors]).matchAll(/\/media\/[\w.-]+/g)].map(([address]) => address);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((address) => !drawn.has(address))).toEqual([]);
  });

  it('says what every picture of an article shows, and who drew it', () => {
    const silent = articles.filter(
      ({ lead }) =>
        lead === undefined ||
        (lead.type === 'image' && [lead.alt, lead.width, lead.height, lead.credit].includes(undefined)),
    );
    expect(silent.map(({ sourceId }) => sourceId)).toEqual([]);
  });

  it('brings each kind of medium with its kind of story', () => {
    const leads = (kind: string) => articles.filter((article) => article.kind === kind).map(({ lead }) => lead?.type);
    expect(new Set(leads('VIDEO'))).toEqual(new Set(['video']));
    expect(new Set(leads('INFOGRAPHIC'))).toEqual(new Set(['infographic']));
    expect(new Set(leads('GALLERY'))).toEqual(new Set(['gallery']));
  });

  it('tells the four shared stories', () => {
    expect(articles.flatMap(({ translationGroup }) => translationGroup ?? []).toSorted()).toEqual(
      expect.arrayContaining(SHARED_STORIES),
    );
  });

  it('fills every element of an article page in its story of the grain corridor', () => {
    const article = articles.find(({ translationGroup }) => translationGroup === 'story:grain-corridor');
    if (article === undefined) throw new Error(`${edition} does not tell the story`);
    const blocks = parseBody(article.html);
    expect(new Set(blocks.map(({ type }) => type))).toEqual(
      new Set(['Paragraph', 'Heading', 'Quote', 'ListBlock', 'Figure', 'ReadMore', 'Embed', 'HtmlBlock']),
    );
    expect(blocks.filter((block) => block.type === 'Quote' && block.attribution === null)).toEqual([]);
    expect(blocks.filter((block) => block.type === 'Embed' && block.title === null)).toEqual([]);
    expect(article).toMatchObject({
      kicker: expect.any(String),
      standfirst: expect.any(String),
      byline: expect.any(String),
      lead: { type: 'image', alt: expect.any(String), caption: expect.any(String), credit: expect.any(String) },
      rights: { holder: expect.any(String) },
      seo: { title: expect.any(String), description: expect.any(String), image: { url: expect.any(String) } },
    });
    const written = authors.filter(({ slug }) => article.authors.includes(slug));
    expect(written.length).toBeGreaterThan(1);
    expect(written.every(({ avatar, role }) => avatar?.alt !== undefined && role !== undefined)).toBe(true);
    expect(article.tags).toHaveLength(7);
    expect(article.sources.map(({ kind }) => kind)).toContain('AGENCY');
    expect(article.section).toContain('/');
    expect(article.aliases).not.toEqual([]);
    expect(article.corrections).not.toEqual([]);
    expect(article.updatedAt).toBeGreaterThan(article.publishedAt);
  });
});

describe('the three desks', () => {
  it('have the same sections, in the same order, each in its own language', async () => {
    const [english, arabic, spanish] = await readDemo();
    const treeOf = (desk = english) =>
      desk?.sections.map(({ translationGroup, kind, position, path }) => [
        translationGroup,
        kind,
        position,
        path.split('/').length,
      ]);
    expect(treeOf(arabic)).toEqual(treeOf());
    expect(treeOf(spanish)).toEqual(treeOf());
    expect(arabic?.sections.filter(({ path }) => !/^[\p{Script=Arabic}/-]+$/u.test(path))).toEqual([]);
  });

  it('tell at least twelve stories in all three languages', async () => {
    const tellings = (await readDemo()).map(({ articles }) => articles.filter(isReadable));
    const [english = new Set<string>(), ...others] = tellings.map(
      (articles) => new Set(articles.flatMap(({ translationGroup }) => translationGroup ?? [])),
    );
    const shared = [...english].filter((group) => others.every((groups) => groups.has(group)));
    expect(others).toHaveLength(2);
    expect(shared.length).toBeGreaterThanOrEqual(12);
  });

  it('draw the same three charts, each a version of the others', async () => {
    const charts = (await readDemo()).map(({ articles }) =>
      articles
        .filter(({ kind }) => kind === 'INFOGRAPHIC')
        .flatMap(({ translationGroup }) => translationGroup ?? [])
        .toSorted(),
    );
    expect(charts).toEqual(
      Array.from({ length: 3 }, () => ['story:bread-infographic', 'story:heat-infographic', 'story:water-cost']),
    );
  });

  it('tie a tag to others only where there are others', async () => {
    const groups = (await readDemo()).flatMap(({ tags }) =>
      tags.flatMap(({ translationGroup }) => translationGroup ?? []),
    );
    expect(groups.filter((group) => !repeated(groups).includes(group))).toEqual([]);
  });

  it('hold between them every state a story can be in', async () => {
    const now = LOADED_AT;
    const english = (await readDemo())[0]?.articles ?? [];
    const count = (holds: (article: ArticleDocument) => boolean): number => english.filter(holds).length;
    expect(count(({ breaking, breakingUntil }) => breaking && breakingUntil !== undefined && breakingUntil > now)).toBe(
      1,
    );
    expect(count(({ rights }) => (rights.embargoedUntil ?? 0) > now)).toBe(1);
    expect(count(({ rights }) => hasPassed(rights.expiresAt))).toBe(1);
    expect(count(({ withdrawnAt }) => hasPassed(withdrawnAt))).toBe(1);
    expect(count(({ rights, sources }) => rights.syndication === 'EXCERPT' && sources[0]?.kind === 'AGENCY')).toBe(1);
    const withdrawn = english.find(({ withdrawnAt }) => withdrawnAt !== undefined);
    expect(english.some(({ html }) => withdrawn !== undefined && html.includes(`href="${addressOf(withdrawn)}"`))).toBe(
      true,
    );
  });

  it('say in their files what the fact sheet says of the shared stories', async () => {
    const sheet = readFileSync(new URL('../../src/demo/content/STORIES.md', import.meta.url), 'utf8');
    for (const story of SHARED_STORIES) expect(sheet).toContain(`## ${story}`);
    const tellings = (await readDemo()).flatMap(({ articles }) =>
      articles.filter(({ translationGroup }) => translationGroup === 'story:football-final'),
    );
    // The attendance, with whatever mark or space parts the thousands.
    expect(tellings.filter(({ html }) => !/41\D?306/.test(html)).map(({ edition }) => edition)).toEqual([]);
  });
});
