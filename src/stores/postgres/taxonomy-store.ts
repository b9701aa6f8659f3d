import type { EditionCode } from '../../content/edition.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { Author, LiveStream, Section, Tag } from '../../content/entities.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { NameListing, NamePage, Slug, TaxonomyStore } from '../taxonomy-store.ts';
import { requestParameter } from './request-parameter.ts';

/** Sections, tags, authors and live streams of a PostgreSQL database, one statement per call. */
export const createTaxonomyStore = (database: Queryable): TaxonomyStore => {
  const select = async <Entity>(of: Kind, condition: string, values: readonly unknown[]): Promise<readonly Entity[]> =>
    values.length === 0
      ? []
      : await database.query<Row & Entity>(`SELECT ${SELECT_LISTS[of]} FROM ${of} e WHERE ${condition}`, [values]);

  const bySlugs = async <Entity>(of: Kind, slugs: readonly Slug[]): Promise<readonly Entity[]> => {
    if (slugs.length === 0) return [];
    const requests = slugs.map(({ edition, slug }) => ({ edition, spelling_key: spellingKey(slug) }));
    return await database.query<Row & Entity>(bySlugsSql(of), [requestParameter(requests)]);
  };

  const list = async <Entity>(of: Kind, listings: readonly NameListing[]): Promise<readonly NamePage<Entity>[]> => {
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
    sections: (editions) => select<Section>('sections', `${IN_EDITIONS} ORDER BY e.position, e.path`, editions),
    async liveStreams(editions) {
      const rows = await select<LiveRow>('live_streams', IN_EDITIONS, editions);
      return rows.map(({ edition, title, url, started_at, ended_at }): LiveStream => ({
        edition,
        title,
        url,
        startedAt: started_at?.getTime() ?? null,
        endedAt: ended_at?.getTime() ?? null,
      }));
    },
    tagsByIds: (ids) => select<Tag>('tags', BY_IDS, ids),
    tagsBySlugs: (slugs) => bySlugs<Tag>('tags', slugs),
    tagsByTranslationGroups: (groups) => select<Tag>('tags', BY_GROUPS, groups),
    listTags: (listings) => list<Tag>('tags', listings),
    authorsByIds: (ids) => select<Author>('authors', BY_IDS, ids),
    authorsBySlugs: (slugs) => bySlugs<Author>('authors', slugs),
    authorsByTranslationGroups: (groups) => select<Author>('authors', BY_GROUPS, groups),
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
type Kind = keyof typeof SELECT_LISTS;

const BY_IDS = 'e.id = ANY ($1::text[])';
/** In an order of its own: that of the rows on disk changes with every update. */
const BY_GROUPS = 'e.translation_group = ANY ($1::text[]) ORDER BY e.id';
const IN_EDITIONS = 'e.edition = ANY ($1::text[])';

const bySlugsSql = (of: Kind): string => `SELECT ${SELECT_LISTS[of]}
  FROM jsonb_to_recordset($1::jsonb) AS r (edition text, spelling_key text)
  JOIN ${of} e ON e.edition = r.edition AND e.spelling_key = r.spelling_key
  ORDER BY e.id`;

const listSql = (of: Kind): string => `SELECT r.ordinal, e.*
  FROM jsonb_to_recordset($1::jsonb) AS r (
    ordinal integer, edition text, after_name text, after_id text, row_limit integer)
  CROSS JOIN LATERAL (
    SELECT ${SELECT_LISTS[of]}, row_number() OVER (ORDER BY e.name, e.id) AS place
    FROM ${of} e
    WHERE e.edition = r.edition AND (e.name, e.id) > (r.after_name, r.after_id)
    ORDER BY e.name, e.id
    LIMIT r.row_limit
  ) AS e`;
