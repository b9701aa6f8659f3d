import type { Clock } from '../../clock.ts';
import { batchesOf } from '../../content/batches-of.ts';
import type { ContentSource, ReadingOptions, SourceStory } from '../content-source.ts';
import { mapPost } from './map-post.ts';
import { mediaFields, mediaShape, type WordPressMedium } from './media-shape.ts';
import { postFields, postsShape, type WordPressPost } from './post-shape.ts';
import { probeWordPress } from './probe.ts';
import { PAGE_SIZE } from './read-by-id.ts';
import { readInventory, readSavedSince, visibleTo } from './sightings.ts';
import { createTaxonomyReader } from './taxonomy.ts';
import { createWordPressClient, outOfContract, type WordPressClientOptions } from './wordpress-client.ts';

export interface WordPressSourceOptions extends WordPressClientOptions {
  readonly clock: Clock;
}

/** Hundreds that are asked for at a time: a site has few processes, and readers of its own. */
const CONCURRENCY = 3;

/** A post's number; null: it cannot be one, so no post has it. */
const numberOf = (sourceId: string): number | null => (/^[1-9]\d{0,14}$/.test(sourceId) ? Number(sourceId) : null);

/** The stories of a WordPress site, over its REST API. */
export const createWordPressSource = ({ clock, ...options }: WordPressSourceOptions): ContentSource => {
  const client = createWordPressClient(options);
  const { isAnonymous } = client;
  const taxonomy = createTaxonomyReader(client, clock);

  /** Rows by number; a site that answers with what was not asked for answers some other question. */
  const byNumber = <Row extends { readonly id: number }>(asked: readonly number[], rows: readonly Row[]) => {
    const found = new Map(rows.map((row) => [row.id, row]));
    if (found.size < rows.length || rows.some(({ id }) => !asked.includes(id)))
      throw outOfContract(client, 'rows that were not asked for');
    return found;
  };

  const readPosts = async (
    numbers: readonly number[],
    { withHtml, onUnfit }: ReadingOptions,
  ): Promise<readonly WordPressPost[]> => {
    const { value } = await client.get(
      'wp/v2/posts',
      {
        ...visibleTo(client),
        include: numbers.join(','),
        orderby: 'include',
        per_page: PAGE_SIZE,
        _fields: postFields(isAnonymous, withHtml),
      },
      postsShape,
    );
    const shown = [...byNumber(numbers, value).values()].filter(({ content }) => !content.protected);
    const posts = shown.flatMap((one) => ('reason' in one ? [] : [one]));
    for (const one of shown)
      if ('reason' in one) onUnfit?.({ sourceId: String(one.id), modifiedAt: one.modifiedAt, reason: one.reason });
    if (withHtml && posts.some(({ content }) => content.rendered === undefined))
      throw outOfContract(client, 'a story without the body that was asked for');
    return posts;
  };

  const readMedia = async (posts: readonly WordPressPost[]): Promise<ReadonlyMap<number, WordPressMedium>> => {
    const numbers = [...new Set(posts.map((post) => post.featured_media))].filter((number) => number !== 0);
    if (numbers.length === 0) return new Map();
    const { value } = await client.get(
      'wp/v2/media',
      {
        ...(isAnonymous ? {} : { context: 'edit' }),
        include: numbers.join(','),
        per_page: PAGE_SIZE,
        _fields: mediaFields(isAnonymous),
      },
      mediaShape,
    );
    return byNumber(numbers, value);
  };

  const readStories = async (numbers: readonly number[], reading: ReadingOptions): Promise<readonly SourceStory[]> => {
    const posts = await readPosts(numbers, reading);
    if (posts.length === 0) return [];
    const [media, paths, tags, users] = await Promise.all([
      readMedia(posts),
      taxonomy.pathsOf(posts.flatMap(({ categories }) => categories)),
      taxonomy.tags.rowsOf(posts.flatMap((post) => post.tags)),
      taxonomy.users.rowsOf(
        posts.flatMap(({ author, meta }) => [...(author === 0 ? [] : [author]), ...meta.masthead_authors]),
      ),
    ]);
    const isHomeless = posts.some(({ categories }) => !categories.some((number) => paths.has(number)));
    const fallbackPath = isHomeless ? await taxonomy.fallbackPath() : '';
    return posts.map((post) => mapPost(post, { paths, fallbackPath, tags, users, media, withHtml: reading.withHtml }));
  };

  return {
    name: options.name,
    async stories(sourceIds, reading) {
      const numbers = [...new Set(sourceIds.map(numberOf))].filter((number) => number !== null);
      const stories: SourceStory[] = [];
      for (const wave of batchesOf(batchesOf(numbers, PAGE_SIZE), CONCURRENCY))
        stories.push(...(await Promise.all(wave.map((some) => readStories(some, reading)))).flat());
      return stories;
    },
    taxonomy: () => taxonomy.whole(),
    savedSince: (since, next) => readSavedSince(client, since, next),
    inventory: (next) => readInventory(client, next),
    probe: () => probeWordPress(client),
  };
};
