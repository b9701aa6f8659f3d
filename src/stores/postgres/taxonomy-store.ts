import type { EditionCode } from '../../content/edition.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { Author, LiveStream, Section, Tag } from '../../content/entities.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { NameListing, NamePage, Slug, TaxonomyStore } from '../taxonomy-store.ts';
import { requestParameter } from './request-parameter.ts';

/** Sections, tags, authors and live streams of a PostgreSQL database, one statement per call. */
export const createTaxonomyStore = (database: Queryable): TaxonomyStore => {
  const ofEditions = async <Entity>(
    of: 'sections' | 'live_streams',
    editions: readonly EditionCode[],
    order = '',
  ): Promise<readonly Entity[]> =>
    editions.length === 0
      ? []
      : await database.query<Row & Entity>(
          `SELECT ${SELECT_LISTS[of]} FROM ${of} e WHERE e.edition = ANY ($1::text[])${order}`,
          [editions],
        );

  const byKeys = async <Entity>(sql: string, keys: readonly string[]): Promise<readonly Entity[]> =>
    keys.length === 0 ? [] : await database.query<Row & Entity>(sql, [keys]);

  const bySlugs = async <Entity>(of: Named, slugs: readonly Slug[]): Promise<readonly Entity[]> => {
    if (slugs.length === 0) return [];
    const requests = slugs.map(({ edition, slug }) => ({ edition, spelling_key: spellingKey(slug) }));
    return await database.query<Row & Entity>(bySlugsSql(of), [requestParameter(requests)]);
  };

  const list = async <Entity>(of: Named, listings: readonly NameListing[]): Promise<readonly NamePage<Entity>[]> => {
    if (listings.length === 0) return [];
    const records = listings.map(({ edition, limit, after }) => ({
      edition,
      after_name: after?.name ?? '',
      after_id: after?.id ?? '',
      row_limit: limit + 1,
    }));
    const rows = await database.query<ListedRow<Entity>>(listSql(of), [requestParameter(records)]);
    const pages = Map.groupBy(rows, ({ ordinal }) => ordinal);
    return listings.map(({ limit }, ordinal) => {
      const own = (pages.get(ordinal) ?? []).toSorted((a, b) => Number(a.place) - Number(b.place));
      const entities = own.slice(0, limit).map(({ ordinal: _ordinal, place: _place, ...entity }) => entity as Entity);
      return { entities, hasMore: own.length > limit };
    });
  };

  return {
    sections: (editions) => ofEditions<Section>('sections', editions, ' ORDER BY e.position, e.path'),
    async liveStreams(editions) {
      const rows = await ofEditions<LiveRow>('live_streams', editions);
      return rows.map(({ edition, title, url, started_at, ended_at }): LiveStream => ({
        edition,
        title,
        url,
        startedAt: started_at?.getTime() ?? null,
        endedAt: ended_at?.getTime() ?? null,
      }));
    },
    tagsByIds: (ids) => byKeys<Tag>(byIdsSql('tags'), ids),
    tagsBySlugs: (slugs) => bySlugs<Tag>('tags', slugs),
    tagsByTranslationGroups: (groups) => byKeys<Tag>(byGroupsSql('tags'), groups),
    listTags: (listings) => list<Tag>('tags', listings),
    authorsByIds: (ids) => byKeys<Author>(byIdsSql('authors'), ids),
    authorsBySlugs: (slugs) => bySlugs<Author>('authors', slugs),
    authorsByTranslationGroups: (groups) => byKeys<Author>(byGroupsSql('authors'), groups),
    listAuthors: (listings) => list<Author>('authors', listings),
  };
};

interface LiveRow {
  readonly edition: EditionCode;
  readonly title: string;
  readonly url: string;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

type ListedRow<Entity> = Row & Entity & { readonly ordinal: number; readonly place: string };

/** Columns under the names our entities give them: the rows are the entities. */
const SELECT_LISTS = {
  sections: `e.id, e.edition, e.kind, e.slug, e.path, e.name, e.description, e.parent_id AS "parentId", e.position,
    e.translation_group AS "translationGroup"`,
  tags: 'e.id, e.edition, e.slug, e.name, e.translation_group AS "translationGroup"',
  authors: `e.id, e.edition, e.kind, e.slug, e.name, e.role, e.bio, e.avatar,
    e.translation_group AS "translationGroup"`,
  live_streams: 'e.edition, e.title, e.url, e.started_at, e.ended_at',
} as const;
type Named = 'tags' | 'authors';

/**
 * Each looked up by itself, which OFFSET 0 holds the planner to: for the names of a page it would read the whole table
 * where that has some thousand rows.
 */
const lookedUpSql = (of: Named, requests: string, condition: string): string => `SELECT e.*
  FROM ${requests}
  CROSS JOIN LATERAL (SELECT ${SELECT_LISTS[of]} FROM ${of} e WHERE ${condition} OFFSET 0) AS e`;

const byKeysSql = (of: Named, column: 'id' | 'translation_group'): string =>
  lookedUpSql(of, 'unnest($1::text[]) AS r (key)', `e.${column} = r.key`);

/** In an order of their own, where several answer one request: that of the rows on disk changes with every update. */
const IN_ORDER = ' ORDER BY e.id';

const byIdsSql = (of: Named): string => byKeysSql(of, 'id');

const byGroupsSql = (of: Named): string => byKeysSql(of, 'translation_group') + IN_ORDER;

const bySlugsSql = (of: Named): string =>
  lookedUpSql(
    of,
    'jsonb_to_recordset($1::jsonb) AS r (edition text, spelling_key text)',
    'e.edition = r.edition AND e.spelling_key = r.spelling_key',
  ) + IN_ORDER;

const listSql = (of: Named): string => `SELECT r.ordinal, e.*
  FROM jsonb_to_recordset($1::jsonb) AS r (
    ordinal integer, edition text, after_name text, after_id text, row_limit integer)
  CROSS JOIN LATERAL (
    SELECT ${SELECT_LISTS[of]}, row_number() OVER (ORDER BY e.name, e.id) AS place
    FROM ${of} e
    WHERE e.edition = r.edition AND (e.name, e.id) > (r.after_name, r.after_id)
    ORDER BY e.name, e.id
    LIMIT r.row_limit
  ) AS e`;
