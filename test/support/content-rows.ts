import type { Instant } from '../../src/clock.ts';
import type { BodyBlock } from '../../src/content/body.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import type { Article, SyndicationRight } from '../../src/content/entities.ts';
import { idOf, type ArticleId } from '../../src/content/ids.ts';
import type { Queryable } from '../../src/database/database.ts';
import { ANALYSER_VERSION } from '../../src/search/analyse.ts';
import { indexedMarksSql } from '../../src/stores/postgres/article-marks.ts';
import { plainSql } from '../../src/stores/postgres/visible.ts';
import { searchedBodyOf, writeSearchVector } from '../../src/stores/postgres/search-vector.ts';

type Plain = Pick<
  Article,
  | 'kind'
  | 'headline'
  | 'kicker'
  | 'standfirst'
  | 'byline'
  | 'language'
  | 'breaking'
  | 'breakingUntil'
  | 'sources'
  | 'lead'
  | 'media'
  | 'corrections'
  | 'seo'
  | 'translationGroup'
  | 'withdrawnAt'
  | 'version'
>;

/** An article to write, by what a test means with it; sections, tags and authors it names are made. */
export interface ArticleRows extends Partial<Plain> {
  /** Its source's id and, unless given, its slug. */
  readonly key: string;
  readonly publishedAt: Instant;
  readonly updatedAt?: Instant;
  readonly edition?: EditionCode;
  readonly slug?: string;
  /** Paths, primary first. */
  readonly sections?: readonly string[];
  readonly tags?: readonly string[];
  readonly authors?: readonly string[];
  readonly text?: string;
  readonly body?: readonly BodyBlock[];
  readonly syndication?: SyndicationRight;
  readonly embargoedUntil?: Instant;
  readonly expiresAt?: Instant;
}

/** The id that `writeArticles` gives the article of `key`. */
export const articleId = (key: string, edition: EditionCode = 'EN'): ArticleId => idOf.article(edition, 'test', key);

const iso = (instant: Instant | null | undefined): string | null =>
  instant === null || instant === undefined ? null : new Date(instant).toISOString();

const ancestry = (path: string): readonly string[] =>
  path.split('/').map((_step, index, steps) => steps.slice(0, index + 1).join('/'));

const recordOf = ({ key, edition = 'EN', sections = ['news'], tags = [], authors = [], ...rest }: ArticleRows) => {
  const id = articleId(key, edition);
  const slug = rest.slug ?? key;
  const memberOf = [
    idOf.edition(edition),
    ...new Set(sections.flatMap(ancestry).map((path) => idOf.section(edition, path))),
    ...tags.map((tag) => idOf.tag(edition, tag)),
    ...authors.map((author) => idOf.author(edition, author)),
  ];
  const instants = [rest.publishedAt, rest.embargoedUntil, rest.expiresAt, rest.breaking ? rest.breakingUntil : null];
  return {
    ...rest,
    id,
    edition,
    sections,
    tags,
    authors,
    slug,
    source_id: key,
    path: `${sections[0]}/${slug}`,
    kind: rest.kind ?? 'NEWS',
    headline: rest.headline ?? `Headline of ${key}`,
    author_ids: authors.map((author) => idOf.author(edition, author)),
    section_ids: sections.map((path) => idOf.section(edition, path)),
    tag_ids: tags.map((tag) => idOf.tag(edition, tag)),
    sources: rest.sources ?? [],
    published_at: iso(rest.publishedAt),
    updated_at: iso(rest.updatedAt ?? rest.publishedAt),
    version: rest.version ?? 1,
    breaking: rest.breaking ?? false,
    breaking_until: iso(rest.breakingUntil),
    media: rest.media ?? [],
    body: rest.body ?? [],
    body_text: rest.text ?? '',
    word_count: rest.text?.split(/\s+/).length ?? 0,
    corrections: rest.corrections ?? [],
    syndication: rest.syndication ?? 'FULL',
    embargoed_until: iso(rest.embargoedUntil),
    expires_at: iso(rest.expiresAt),
    translation_group: rest.translationGroup ?? null,
    withdrawn_at: iso(rest.withdrawnAt),
    search: writeSearchVector({
      edition,
      headline: rest.headline ?? `Headline of ${key}`,
      standfirst: rest.standfirst ?? null,
      kicker: rest.kicker ?? null,
      tagNames: tags.join(' '),
      bodyText: searchedBodyOf({
        syndication: rest.syndication ?? 'FULL',
        body: rest.body ?? [{ type: 'Paragraph', html: '', text: rest.text ?? '' }],
        bodyText: rest.text ?? '',
      }),
    }),
    search_version: ANALYSER_VERSION,
    targets: memberOf,
    boundaries: [...new Set(instants.map(iso).filter((at) => at !== null))],
  };
};

const COLUMNS =
  'id edition kind source_id slug path language kicker headline standfirst byline author_ids section_ids tag_ids sources published_at updated_at version breaking breaking_until lead media body body_text word_count corrections syndication embargoed_until expires_at seo translation_group withdrawn_at search search_version'.split(
    ' ',
  );

const ARTICLES_SQL = `
INSERT INTO articles AS a (${COLUMNS.join(', ')}, source, content_digest)
SELECT ${COLUMNS.map((column) => `r.${column}`).join(', ')}, 'test', ''
FROM jsonb_populate_recordset(NULL::articles, $1::jsonb) AS r
ON CONFLICT (id) DO UPDATE SET (${COLUMNS.join(', ')}) = ROW (${COLUMNS.map((column) => `excluded.${column}`).join(', ')})`;

/** Writes articles with their lists, boundaries and addresses; a key written before is that article changed. */
export const writeArticles = async (database: Queryable, articles: readonly ArticleRows[]): Promise<void> => {
  const records = articles.map(recordOf);
  const json = JSON.stringify(records);
  await writeTaxonomy(database, records);
  await database.query(ARTICLES_SQL, [json]);
  for (const table of ['memberships', 'boundaries'])
    await database.query(`DELETE FROM ${table} WHERE article_id = ANY ($1::text[])`, [records.map(({ id }) => id)]);
  await database.query(
    `INSERT INTO memberships (target, article_id, kind, published_at, updated_at, is_plain, marks)
    SELECT t.target, r.id, r.kind, r.published_at, r.updated_at, ${plainSql('a')}, ${indexedMarksSql('a')}
    FROM jsonb_to_recordset($1::jsonb) AS r (
      id text, kind text, published_at timestamptz, updated_at timestamptz, targets text[])
    JOIN articles a ON a.id = r.id, unnest(r.targets) AS t (target)`,
    [json],
  );
  await database.query(
    `INSERT INTO boundaries (target, at, article_id)
    SELECT t.target, b.at, r.id
    FROM jsonb_to_recordset($1::jsonb) AS r (id text, targets text[], boundaries timestamptz[]),
      unnest(r.targets) AS t (target), unnest(r.boundaries) AS b (at)`,
    [json],
  );
  await database.query('UPDATE addresses SET is_current = false WHERE article_id = ANY ($1::text[])', [
    records.map(({ id }) => id),
  ]);
  await database.query(
    `INSERT INTO addresses (edition, form, value, article_id, is_current, since)
    SELECT r.edition, f.form, CASE f.form WHEN 'slug' THEN r.slug ELSE r.path END, r.id, true, r.updated_at
    FROM jsonb_to_recordset($1::jsonb) AS r (id text, edition text, slug text, path text, updated_at timestamptz),
      (VALUES ('slug'), ('path')) AS f (form)
    ON CONFLICT (edition, form, value) DO UPDATE SET article_id = excluded.article_id, is_current = true`,
    [json],
  );
};

const writeTaxonomy = async (database: Queryable, records: readonly ReturnType<typeof recordOf>[]): Promise<void> => {
  const named = (of: 'sections' | 'tags' | 'authors'): readonly (readonly [EditionCode, string])[] => {
    const all = records.flatMap((record) =>
      record[of]
        .flatMap((name) => (of === 'sections' ? ancestry(name) : [name]))
        .map((name) => [record.edition, name] as const),
    );
    return [...new Map(all.map((pair) => [pair.join(' '), pair])).values()];
  };
  for (const [edition, path] of named('sections')) await writeSection(database, { edition, path });
  for (const table of ['tags', 'authors'] as const)
    await writeNamed(
      database,
      table,
      named(table).map(([edition, slug]) => ({ edition, slug, name: slug })),
    );
};

/** A tag or an author to write. */
export interface NamedRow {
  readonly edition?: EditionCode;
  readonly slug: string;
  readonly name: string;
  readonly translationGroup?: string;
}

/** Writes tags or authors; those that are there stay as they are. */
export const writeNamed = async (
  database: Queryable,
  of: 'tags' | 'authors',
  rows: readonly NamedRow[],
): Promise<void> => {
  const idFor = of === 'tags' ? idOf.tag : idOf.author;
  const records = rows.map(({ edition = 'EN', slug, name, translationGroup = null }) => ({
    id: idFor(edition, slug),
    edition,
    slug,
    name,
    translation_group: translationGroup,
    kind: 'PERSON',
  }));
  const columns = `id, edition, slug, name, translation_group${of === 'authors' ? ', kind' : ''}`;
  await database.query(
    `INSERT INTO ${of} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${of}, $1::jsonb)
    ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(records)],
  );
};

/** A section to write; its parent, the path without its last step, must be there. */
export interface SectionRow {
  readonly edition?: EditionCode;
  readonly path: string;
  readonly name?: string;
  readonly position?: number;
  readonly translationGroup?: string;
}

/** Writes one section; one that is there stays as it is. */
export const writeSection = async (
  database: Queryable,
  { edition = 'EN', path, name = path, position = 0, translationGroup }: SectionRow,
): Promise<void> => {
  const steps = path.split('/');
  const parent = steps.length > 1 ? idOf.section(edition, steps.slice(0, -1).join('/')) : null;
  await database.query(
    `INSERT INTO sections (id, edition, kind, slug, path, name, parent_id, position, translation_group)
    VALUES ($1, $2, 'TOPIC', $3, $4, $5, $6, $7::integer, $8)
    ON CONFLICT (id) DO NOTHING`,
    [idOf.section(edition, path), edition, steps.at(-1), path, name, parent, position, translationGroup ?? null],
  );
};

/** Removes all content. Rows are few: deleting them is quicker than truncating tables. */
export const clearContent = async (database: Queryable): Promise<void> => {
  const tables = ['articles', 'sections', 'tags', 'authors', 'live_streams'].concat(
    ['hours', 'totals', 'once'].map((name) => `engagement_${name}`),
  );
  await database.query(tables.map((table) => `DELETE FROM ${table}`).join(';'));
};
