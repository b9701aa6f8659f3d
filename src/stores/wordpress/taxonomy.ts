import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { batchesOf } from '../../content/batches-of.ts';
import { AUTHOR_KINDS, SECTION_KINDS } from '../../content/entities.ts';
import type { Image } from '../../content/media.ts';
import type { SourceAuthor, SourceSection, SourceTaxonomy } from '../content-source.ts';
import { parentsFirst } from '../parents-first.ts';
import { addressOf } from './address-of.ts';
import { createDirectory, type Directory } from './directory.ts';
import { PAGE_SIZE, readAllById } from './read-by-id.ts';
import { sectionPaths } from './section-paths.ts';
import { TERMS, type WordPressCategory, type WordPressTag, type WordPressUser } from './term-shapes.ts';
import { outOfContract, type Parameters, type WordPressClient } from './wordpress-client.ts';

/** What stories are filed under, as the site tells it. */
export interface TaxonomyReader {
  /** The paths of the categories that are there among `numbers`, and of those above them. */
  pathsOf(numbers: Iterable<number>): Promise<ReadonlyMap<number, string>>;
  /** Where a story stands that is in no category. */
  fallbackPath(): Promise<string>;
  readonly tags: Directory<WordPressTag>;
  readonly users: Directory<WordPressUser>;
  whole(): Promise<SourceTaxonomy>;
}

/** The category every site begins with. */
const DEFAULT_CATEGORY = 1;

/** How long the slug of a tag or author is believed that nobody said had changed. */
const MAX_AGE_MS = 60_000;

const mapSection = (category: WordPressCategory, path: string): SourceSection => ({
  kind: SECTION_KINDS.find((kind) => kind === category.meta.masthead_section_kind) ?? 'TOPIC',
  path,
  name: category.name || category.slug,
  description: category.description,
  position: category.meta.masthead_position,
  translationGroup: category.meta.masthead_translation_group,
});

const sectionsOf = (categories: readonly WordPressCategory[]): readonly SourceSection[] => {
  const paths = sectionPaths(categories);
  return parentsFirst(categories.map((category) => mapSection(category, paths.get(category.id) ?? category.slug)));
};

/** Gravatar draws the same shadow for all it does not know, and is told who reads: only the site's own pictures count. */
const FOREIGN_FACES = /(?:^|\.)gravatar\.com$/;

const avatarOf = ({ avatar_urls: urls }: WordPressUser): Image | null => {
  const [widest] = Object.entries(urls).toSorted(([a], [b]) => Number(b) - Number(a));
  const url = addressOf(widest?.[1] ?? '');
  if (url === null || FOREIGN_FACES.test(new URL(url).hostname)) return null;
  const side = Number(widest?.[0]) || null;
  return { type: 'Image', url, renditions: [], width: side, height: side, alt: null, caption: null, credit: null };
};

const mapAuthor = (user: WordPressUser): SourceAuthor => ({
  kind: AUTHOR_KINDS.find((kind) => kind === user.meta.masthead_author_kind) ?? 'PERSON',
  slug: user.slug,
  name: user.name || user.slug,
  role: user.meta.masthead_role,
  bio: user.description,
  avatar: avatarOf(user),
  translationGroup: user.meta.masthead_translation_group,
});

/** Where one kind of row is asked for. */
interface Term<Row> {
  readonly route: string;
  readonly fields: string;
  readonly shape: z.ZodType<readonly Row[]>;
}

/** Knows nothing yet. Several who ask at once share one reading. */
export const createTaxonomyReader = (client: WordPressClient, clock: Clock): TaxonomyReader => {
  const readAll = <Row extends { readonly id: number }>(
    { route, fields, shape }: Term<Row>,
    which: Parameters = {},
  ): Promise<readonly Row[]> => readAllById(client, { route, parameters: { ...which, _fields: fields }, shape });

  const readSome = async <Row>(
    { route, fields, shape }: Term<Row>,
    numbers: readonly number[],
  ): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    for (const some of batchesOf(numbers, PAGE_SIZE)) {
      const parameters = { _fields: fields, include: some.join(','), per_page: PAGE_SIZE };
      const { value } = await client.get(route, parameters, shape);
      rows.push(...value);
    }
    return rows;
  };

  const directoryOf = <Row extends { readonly id: number }>(term: Term<Row>): Directory<Row> =>
    createDirectory({
      clock,
      maxAgeMs: MAX_AGE_MS,
      readSome: (numbers) => readSome(term, numbers),
      readAll: () => readAll(term),
    });

  const categories = createDirectory<WordPressCategory>({
    clock,
    maxAgeMs: MAX_AGE_MS,
    // A section's path takes those above it: they are read together, and are few.
    readSome: () => readAll(TERMS.categories),
    readAll: () => readAll(TERMS.categories),
  });
  const tags = directoryOf<WordPressTag>(TERMS.tags);

  /** Whom stories name. Who only reads, buys or comments has an account too, and is no author. */
  const named = new Set<number>();
  const users = createDirectory<WordPressUser>({
    clock,
    maxAgeMs: MAX_AGE_MS,
    readSome(numbers) {
      for (const number of numbers) named.add(number);
      return readSome(TERMS.users, numbers);
    },
    async readAll() {
      const published = await readAll(TERMS.users, { has_published_posts: 'post' });
      const found = new Set(published.map(({ id }) => id));
      // The second of two authors, or of a story that is to come, need not have published any.
      const others = await readSome(
        TERMS.users,
        [...named].filter((number) => !found.has(number)),
      );
      return [...published, ...others];
    },
  });

  const pathsOf = async (numbers: Iterable<number>): Promise<ReadonlyMap<number, string>> => {
    const rows = new Map<number, WordPressCategory>();
    const asked = new Set<number>();
    let wanted = [...numbers];
    while (wanted.length > 0) {
      for (const number of wanted) asked.add(number);
      const found = await categories.rowsOf(wanted);
      for (const [number, row] of found) rows.set(number, row);
      wanted = [...found.values()].map(({ parent }) => parent).filter((parent) => parent !== 0 && !asked.has(parent));
    }
    return sectionPaths([...rows.values()]);
  };

  return {
    pathsOf,
    async fallbackPath() {
      const uncategorised = (await pathsOf([DEFAULT_CATEGORY])).get(DEFAULT_CATEGORY);
      const path = uncategorised ?? sectionsOf(await categories.all())[0]?.path;
      if (path === undefined) throw outOfContract(client, 'a site without a category');
      return path;
    },
    tags,
    users,
    async whole() {
      const [allCategories, allTags, allUsers] = await Promise.all([categories.all(), tags.all(), users.all()]);
      return {
        sections: sectionsOf(allCategories),
        tags: allTags.map(({ slug, name, meta }) => ({
          slug,
          name: name || slug,
          translationGroup: meta.masthead_translation_group,
        })),
        authors: allUsers.map(mapAuthor),
        live: null,
      };
    },
  };
};
