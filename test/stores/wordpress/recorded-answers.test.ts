import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, type TestContext } from 'vitest';
import { parseBody } from '../../../src/ingest/html/parse-body.ts';
import { sharedPath } from '../../support/shared.ts';
import { startRestDouble, type RestDouble, type Row } from './rest-double.ts';

const bodyOf = (folder: string, name: string): readonly Row[] =>
  (JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { readonly body: readonly Row[] }).body;

let double: RestDouble | undefined;
afterEach(() => double?.close());

/** A site that answers what a real one answered a reader without a password. */
const recorded = async (test: Pick<TestContext, 'skip'>, edition: string): Promise<RestDouble> => {
  const folder = sharedPath(test, 'wordpress/rest');
  const kinds = ['posts', 'categories', 'tags', 'users', 'media'] as const;
  double = await startRestDouble(Object.fromEntries(kinds.map((kind) => [kind, bodyOf(folder, `${edition}-${kind}`)])));
  return double;
};

describe.each(['en', 'ar', 'es'])('what the real site of %s answered', (edition) => {
  it('is read as stories of plain words and decoded slugs, each filed and signed', async (test) => {
    const { holdings, source } = await recorded(test, edition);
    const ids = holdings.posts.map(({ id }) => String(id));
    const stories = await source({ credentials: null }).stories(ids, { withHtml: true });
    expect(stories.map(({ sourceId }) => sourceId).toSorted()).toEqual(ids.toSorted());
    for (const story of stories) {
      expect(story.headline).not.toMatch(/&#?\w+;|</);
      expect(story.slug).toBe(story.slug.normalize('NFC'));
      expect(story.slug).not.toContain('%');
      expect(story.authorSlugs).toEqual([`writer-${edition}`]);
      expect(story.sectionPaths).toHaveLength(1);
      expect(story.tagSlugs).toHaveLength(2);
      expect(parseBody(story.html ?? '').map(({ type }) => type)).toEqual(['Paragraph']);
    }
  });

  it('gives a standfirst where somebody wrote an excerpt, and none that WordPress made of the body', async (test) => {
    const { holdings, source } = await recorded(test, edition);
    const ids = holdings.posts.map(({ id }) => String(id));
    const stories = await source({ credentials: null }).stories(ids, { withHtml: false });
    const written = stories.filter(({ standfirst }) => standfirst !== null);
    // The seed gave every third post one.
    expect(written.length).toBeGreaterThan(3);
    expect(written.length).toBeLessThan(ids.length / 2);
    for (const { standfirst } of written) expect(standfirst).toMatch(/^Excerpt \d+$/);
  });

  it('is a tree of sections, parents first, and a picture that is described', async (test) => {
    const { holdings, source } = await recorded(test, edition);
    const { sections, tags, authors } = await source({ credentials: null }).taxonomy();
    expect(sections).toHaveLength(holdings.categories.length);
    const paths = sections.map(({ path }) => path);
    const parentOf = (path: string): string => path.split('/').slice(0, -1).join('/');
    const isBehindParent = (path: string, index: number): boolean =>
      ['', ...paths.slice(0, index)].includes(parentOf(path));
    expect(paths.filter((path, index) => !isBehindParent(path, index))).toEqual([]);
    expect(paths.some((path) => path.includes('/'))).toBe(true);
    expect(tags).toHaveLength(4);
    expect(authors).toMatchObject([{ slug: `writer-${edition}`, bio: `bio ${edition}`, avatar: null }]);

    const pictured = holdings.posts.filter((post) => post['featured_media'] !== 0).map(({ id }) => String(id));
    const [story] = await source({ credentials: null }).stories(pictured, { withHtml: false });
    expect(story?.lead).toMatchObject({ type: 'Image', alt: `alt ${edition}`, caption: 'caption', renditions: [] });
  });
});
