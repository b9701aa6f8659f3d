import type { EditionCode } from '../../content/edition.ts';
import type { Author, LiveStream, Section, Tag } from '../../content/entities.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { entryKey, type BatchState } from './batch-state.ts';
import type { Wanted, WantedSlug } from './collect-wanted.ts';
import { loadAddresses, loadArticles } from './load-articles.ts';
import { placeAll } from './places.ts';

const loadSections = async (
  transaction: Queryable,
  editions: readonly EditionCode[],
): Promise<BatchState['sections']> => {
  // An edition's tree is small, and any of it may be an ancestor.
  const rows = await transaction.query<Section & Row>(
    `SELECT id, edition, kind, slug, path, name, description, parent_id AS "parentId", position,
            translation_group AS "translationGroup"
       FROM sections WHERE edition = ANY($1) ORDER BY id`,
    [editions],
  );
  return placeAll(
    rows,
    ({ edition, path }) => entryKey(edition, path),
    ({ path }) => path,
  );
};

/** Rows of `table` among `wanted`, in columns that make the entity. */
const loadBySlugs = async <Entity extends WantedSlug>(
  transaction: Queryable,
  [table, columns]: readonly [table: string, columns: string],
  wanted: readonly WantedSlug[],
): Promise<Map<string, Entity>> => {
  if (wanted.length === 0) return new Map();
  const rows = await transaction.query<Entity & Row>(
    `SELECT ${columns}, entry.translation_group AS "translationGroup"
       FROM unnest($1::text[], $2::text[]) AS wanted (edition, spelling_key)
       JOIN ${table} entry ON entry.edition = wanted.edition AND entry.spelling_key = wanted.spelling_key
      ORDER BY entry.id`,
    [wanted.map(({ edition }) => edition), wanted.map(({ slug }) => spellingKey(slug))],
  );
  return placeAll(
    rows,
    ({ edition, slug }) => entryKey(edition, slug),
    ({ slug }) => slug,
  );
};

const TAGS = ['tags', 'entry.id, entry.edition, entry.slug, entry.name'] as const;
const AUTHORS = [
  'authors',
  'entry.id, entry.edition, entry.kind, entry.slug, entry.name, entry.role, entry.bio, entry.avatar',
] as const;

interface LiveRow extends Row {
  readonly edition: EditionCode;
  readonly title: string;
  readonly url: string;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

const loadLiveStreams = async (
  transaction: Queryable,
  editions: readonly EditionCode[],
): Promise<BatchState['liveStreams']> => {
  const rows = await transaction.query<LiveRow>(
    'SELECT edition, title, url, started_at, ended_at FROM live_streams WHERE edition = ANY($1)',
    [editions],
  );
  return new Map(
    rows.map(({ edition, title, url, started_at, ended_at }): [EditionCode, LiveStream] => [
      edition,
      { edition, title, url, startedAt: started_at?.getTime() ?? null, endedAt: ended_at?.getTime() ?? null },
    ]),
  );
};

/** What the database holds of `wanted`. The editions are locked (`lockEditions`) and so are, from here on, the articles. */
export const loadBatchState = async (transaction: Queryable, wanted: Wanted): Promise<BatchState> => ({
  articles: await loadArticles(transaction, wanted.articleIds),
  sections: await loadSections(transaction, wanted.editions),
  tags: await loadBySlugs<Tag>(transaction, TAGS, wanted.tags),
  authors: await loadBySlugs<Author>(transaction, AUTHORS, wanted.authors),
  liveStreams: await loadLiveStreams(transaction, wanted.editions),
  addresses: await loadAddresses(transaction, wanted.addresses, wanted.articleIds),
});
