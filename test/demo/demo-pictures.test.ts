import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoDrawingsFile, demoPicturesDirectory } from '../../src/demo/demo-files.ts';
import { runQuery } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { findXmlFault } from './find-xml-fault.ts';
import { readWebpSize, type PictureSize } from './read-webp-size.ts';

const read = (file: string): Buffer => readFileSync(join(demoPicturesDirectory, file));

const files = readdirSync(demoPicturesDirectory).toSorted();
const drawings = files
  .filter((file) => file.endsWith('.svg'))
  .map((file) => ({ file, name: file.replace(/\.svg$/, ''), text: read(file).toString('utf8') }));

/** The sizes in which the drawing `name` is kept. */
const sizesOf = (name: string): readonly PictureSize[] =>
  /^(portrait-|meridian-emblem)/.test(name)
    ? [400, 160, 80].map((width) => ({ width, height: width }))
    : [
        { width: 1280, height: 720 },
        { width: 640, height: 360 },
        { width: 320, height: 180 },
      ];
const renditions = drawings.flatMap(({ name }) =>
  sizesOf(name).map((size) => ({ file: `${name}-${size.width}.webp`, size })),
);

describe('the demo drawings', () => {
  it('are about as many as a newsroom needs, each a drawing of its own', () => {
    expect(drawings.length).toBeGreaterThanOrEqual(20);
    expect(new Set(drawings.map(({ text }) => text)).size).toBe(drawings.length);
  });

  it.each(drawings)('$file is well-formed SVG of a size that articles name', ({ name, text }) => {
    expect(findXmlFault(text)).toBeNull();
    expect(text).toMatch(
      sizesOf(name)[0]?.width === 400
        ? /^<svg [^>]*viewBox="0 0 400 400" width="400"/
        : /^<svg [^>]*viewBox="0 0 1600 900" width="1600"/,
    );
  });

  it.each(drawings)('$file runs nothing and asks nobody for anything', ({ text }) => {
    expect(text).not.toMatch(/<(script|foreignObject|image|use|style|a)\b/i);
    expect(text).not.toMatch(/\son\w+=|href|@import|javascript:/i);
    expect(text.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|\/\/|url\((?!#)/);
  });

  it('spell what they say in each language', () => {
    const saying = (language: string) => drawings.find(({ name }) => name === `infographic-water-${language}`)?.text;
    expect(saying('en')).toContain('Energy');
    expect(saying('ar')).toContain('الطاقة');
    expect(saying('es')).toContain('Energía');
  });
});

describe('the renditions of the demo drawings', () => {
  it('are there for every drawing, and for no other', () => {
    const kept = files.filter((file) => !file.endsWith('.svg'));
    expect(kept).toEqual(renditions.map(({ file }) => file).toSorted());
  });

  it('really have the sizes that their names tell', () => {
    const sizes = renditions.map(({ file }) => ({ file, size: readWebpSize(read(file)) }));
    expect(sizes).toEqual(renditions);
  });

  it('were made from the drawings as they are', () => {
    const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
    const told = readFileSync(demoDrawingsFile, 'utf8').trimEnd().split('\n');
    const known = drawings.map(({ file, text }) => `${digestOf(text)}  pictures/${file}`);
    expect(told, 'a drawing was changed: run `npm run demo:pictures`').toEqual(known);
  });

  it('are light enough to be cloned and served', () => {
    const bytes = renditions.map(({ file }) => read(file).length);
    expect(Math.max(...bytes)).toBeLessThan(100_000);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(2_600_000);
  });
});

/** Everything in `value` that the graph calls an image. */
const imagesIn = (value: unknown): readonly GraphImage[] => {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(imagesIn);
  return 'renditions' in value ? [value as GraphImage, ...inner] : inner;
};

interface GraphImage extends PictureSize {
  readonly url: string;
  readonly renditions: readonly (PictureSize & { readonly url: string })[];
}

const PICTURES = `
  fragment Picture on Image { url width height renditions { url width height } }
  fragment Shown on Media {
    ... on Image { ...Picture }
    ... on Video { poster { ...Picture } }
    ... on Gallery { images { ...Picture } }
    ... on Infographic { image { ...Picture } }
  }`;
const ARTICLES = `query ($code: EditionCode!, $after: String) {
    edition(code: $code) { articles(first: 10, after: $after) {
      nodes { lead { ...Shown } media { ...Shown } seo { image { ...Picture } } body { ... on Figure { html media { ...Shown } } } }
      pageInfo { hasNextPage endCursor }
    } }
  } ${PICTURES}`;
const AUTHORS = `query ($code: EditionCode!) {
    edition(code: $code) { authors(first: 100) { nodes { avatar { ...Picture } } } }
  } fragment Picture on Image { url width height renditions { url width height } }`;

const pathOf = (url: string): string => new URL(url).pathname;

describe('the pictures of the demo newsroom in the graph', () => {
  let app: TestApp;
  beforeAll(async () => {
    // Everything at once, which no page asks for.
    app = await createTestApp({ variables: { QUERY_MAX_COST: '20000' } });
  });
  afterAll(() => app.close());

  const answer = async (document: string, variables: Record<string, unknown>) => {
    const { data, errors } = await runQuery(app, document, variables);
    expect(errors).toEqual([]);
    return data;
  };

  /** Every page of articles of the edition and its authors. */
  const readEdition = async (code: string): Promise<readonly unknown[]> => {
    const pages: unknown[] = [await answer(AUTHORS, { code })];
    for (let after: string | null = null; ;) {
      const data = await answer(ARTICLES, { code, after });
      pages.push(data);
      const { hasNextPage, endCursor } = data.edition.articles.pageInfo;
      if (!hasNextPage) return pages;
      after = endCursor;
    }
  };

  it.each(['EN', 'AR', 'ES'])('%s: are all served, as WebP of the size the graph tells', async (code) => {
    const pages = await readEdition(code);
    const images = imagesIn(pages);
    expect(images.length).toBeGreaterThan(60);
    const named = new Map(
      images
        .flatMap(({ url, width, height, renditions: others }) => [{ url, width, height }, ...others])
        .map(({ url, width, height }) => [pathOf(url), { width, height }]),
    );
    for (const [url, size] of named) {
      const { statusCode, headers, rawPayload } = await app.server.inject({ url });
      expect([url, statusCode, headers['content-type']]).toEqual([url, 200, 'image/webp']);
      expect([url, readWebpSize(rawPayload)]).toEqual([url, size]);
    }
    // Figures name their picture a second time, in their HTML.
    const written = [...JSON.stringify(pages).matchAll(/src=\\"(?<url>[^"\\]+)\\"/g)].map(
      ({ groups }) => groups?.['url'],
    );
    expect(written.filter((url) => !named.has(pathOf(url ?? '')))).toEqual([]);
  });

  it('come with the sizes for srcset, narrowest first, the address being the largest of them', async () => {
    const data = await answer(ARTICLES, { code: 'EN' });
    for (const { lead } of data.edition.articles.nodes) {
      const [image] = imagesIn(lead);
      expect(image?.renditions.map(({ width }) => width)).toEqual([320, 640, 1280]);
      expect(image?.url).toBe(image?.renditions.at(-1)?.url);
    }
  });
});

describe('readWebpSize', () => {
  const file = (kind: string, rest: readonly number[]): Buffer => {
    const chunk = Buffer.concat([Buffer.from(`WEBP${kind}`, 'latin1'), Buffer.alloc(4), Buffer.from(rest)]);
    const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
    head.writeUInt32LE(chunk.length, 4);
    return Buffer.concat([head, chunk]);
  };

  it.each([
    ['VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x80, 0x02, 0x68, 0x41], { width: 640, height: 360 }],
    ['VP8L', [0x2f, 0x3f, 0xc1, 0x2c, 0], { width: 320, height: 180 }],
    ['VP8X', [0, 0, 0, 0, 0xff, 4, 0, 0xcf, 2, 0], { width: 1280, height: 720 }],
  ])('reads the head of %s', (kind, rest, size) => {
    expect(readWebpSize(file(kind, rest))).toEqual(size);
  });

  it('refuses what is no WebP, or not the whole of one', () => {
    expect(() => readWebpSize(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">'))).toThrow('not a WebP file');
    expect(() => readWebpSize(read('trophy-320.webp').subarray(0, 500))).toThrow('not a whole');
    expect(() => readWebpSize(file('JUNK', [0, 0, 0, 0]))).toThrow('of a kind we know');
  });
});
