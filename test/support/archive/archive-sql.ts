import type { Instant } from '../../../src/clock.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import { oldestBoundary } from '../../../src/ingest/schedule/oldest-boundary.ts';
import { ANALYSER_VERSION } from '../../../src/search/analyse.ts';
import { indexedMarksSql } from '../../../src/stores/postgres/article-marks.ts';
import { plainSql } from '../../../src/stores/postgres/visible.ts';
import { ARCHIVE, PAST_SINCE, RARE_EVERY } from './archive-places.ts';
import { TEXTS } from './archive-texts.ts';

/** The table that articles are put together from, for as long as they are. */
export const PIECES_SQL = {
  create: `CREATE UNLOGGED TABLE archive_pieces (edition text, role text, number integer, text text, opening tsvector,
    following tsvector, blocks jsonb, words integer, PRIMARY KEY (edition, role, number))`,
  fill: `INSERT INTO archive_pieces SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (edition text, role text, number integer,
    text text, opening tsvector, following tsvector, blocks jsonb, words integer)`,
  drop: 'DROP TABLE archive_pieces',
} as const;

const id = (prefix: string, number: string): string =>
  `'${prefix}_' || lower(e.code) || '_' || lpad((${number})::text, 20, '0')`;
const editionsSql = (editions: readonly EditionCode[]): string =>
  `(VALUES ${editions.map((code, place) => `(${place}, '${code}')`).join(', ')}) AS e (place, code)`;
const each = (of: number): string => `generate_series(0, ${of - 1}) AS n`;

/** Statements that write sections, tags and authors. */
export const taxonomySql = (editions: readonly EditionCode[]): readonly string[] => [
  `INSERT INTO sections (id, edition, kind, slug, path, name, position)
  SELECT ${id('sec', 'n')}, e.code, 'TOPIC', 's' || n, 's' || n, 'Section ' || n, n
  FROM ${editionsSql(editions)}, ${each(ARCHIVE.sections)}`,
  `INSERT INTO tags (id, edition, slug, name)
  SELECT ${id('tag', 'n')}, e.code, 't' || n, p.text
  FROM ${editionsSql(editions)}, ${each(ARCHIVE.tags)}, archive_pieces p
  WHERE p.edition = e.code AND p.role = 'tag' AND p.number = n`,
  `INSERT INTO authors (id, edition, kind, slug, name)
  SELECT ${id('aut', 'n')}, e.code, 'PERSON', 'a' || n, 'Author ' || n
  FROM ${editionsSql(editions)}, ${each(ARCHIVE.authors)}`,
];

/** A number of at least 0 and below `below`, spread by a prime and the same for the same article. */
const spread = (prime: number, below: number): string => `(n * ${prime} % 1000003 % ${below})`;
/** The number of a tag, by Zipf: half as many articles have the second as the first. */
const zipf = (prime: number, tags: number): string =>
  `(floor(exp((n * ${prime} % 1000003) / 1000003.0::float8 * ln(${tags + 1}::float8)))::integer - 1)`;

const piece = (alias: string, role: string, number: string): string =>
  `JOIN archive_pieces ${alias} ON ${alias}.edition = r.code AND ${alias}.role = '${role}' AND ${alias}.number = ${number}`;

/** The words of tag `place` of an article behind those of the ones before it. */
const tagWords = (place: number): string =>
  `coalesce((SELECT setweight(t.following, 'B') FROM archive_pieces t
      WHERE t.edition = r.code AND t.role = 'tag' AND t.number = r.tags[${place}]), '')`;

/** The number of an article's standfirst. */
const standfirstSql = (editions: readonly EditionCode[]): string => `CASE
  WHEN n % ${RARE_EVERY} < ${editions.length} THEN 0
  WHEN n < ${PAST_SINCE} THEN ${TEXTS.ofThePast} + ${spread(179_424_673, TEXTS.standfirsts - TEXTS.ofThePast)}
  ELSE 1 + ${spread(179_424_673, TEXTS.standfirsts - 1)} END`;

/** A statement that writes the articles numbered `from` to `to`, exclusive. */
export const articlesSql = (
  editions: readonly EditionCode[],
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: Instant },
): string => `
INSERT INTO articles (id, edition, kind, source, source_id, slug, path, kicker, headline, standfirst, author_ids, section_ids,
  tag_ids, published_at, updated_at, breaking, lead, body, body_text, word_count, content_digest, search, search_version)
SELECT r.id, r.code, CASE WHEN n % 50 = 0 THEN 'VIDEO' ELSE 'NEWS' END, 'archive', n, 'story-' || n,
  's' || r.section || '/story-' || n, kicker.text, headline.text, standfirst.text, r.author_ids,
  ARRAY[r.section_id], r.tag_ids, r.at, r.at + r.touched * interval '1 hour', n % 1000 = 0,
  jsonb_build_object('type', 'Image', 'url', 'https://pictures.example/' || n || '.jpg', 'renditions', '[]'::jsonb,
    'width', 1600, 'height', 900, 'alt', kicker.text, 'caption', standfirst.text, 'credit', 'Archive'),
  body.blocks, body.text, body.words, '',
  headline.following || standfirst.opening || kicker.opening || tag.opening || ${[2, 3, 4].map(tagWords).join(' || ')}
    || setweight(body.opening, 'C'),
  ${ANALYSER_VERSION}
FROM (
  SELECT n, e.code, ${id('art', 'n')} AS id, section, ${id('sec', 'section')} AS section_id, tags,
    ARRAY(SELECT ${id('tag', 't')} FROM unnest(tags) WITH ORDINALITY AS u (t, place) ORDER BY place) AS tag_ids,
    CASE WHEN n % 3 = 0 THEN ARRAY[${id('aut', 'author')}, ${id('aut', `(author + 1) % ${ARCHIVE.authors}`)}]
      ELSE ARRAY[${id('aut', 'author')}] END AS author_ids,
    '${new Date(now).toISOString()}'::timestamptz - (n * 240 + n * n / 2500) * interval '1 second' AS at,
    ${spread(7919, 600)} AS touched
  FROM generate_series(${from}, ${to - 1}::bigint) AS n
  JOIN ${editionsSql(editions)} ON e.place = n % ${editions.length}
  CROSS JOIN LATERAL (SELECT ${spread(104_729, ARCHIVE.sections)} AS section, ${spread(15_485_863, ARCHIVE.authors)} AS author,
    ARRAY(SELECT DISTINCT t FROM unnest(ARRAY[${[7_919, 104_729, 15_485_863, 32_452_843].map((prime) => zipf(prime, ARCHIVE.tags)).join(', ')}]) AS t
      ORDER BY t) AS tags) AS rolled
) AS r
${piece('headline', 'headline', spread(611_953, TEXTS.headlines))}
${piece('standfirst', 'standfirst', standfirstSql(editions))}
${piece('kicker', 'kicker', spread(86_028_121, TEXTS.kickers))}
${piece('body', 'body', spread(472_882_027, TEXTS.bodies))}
${piece('tag', 'tag', 'r.tags[1]')}`;

/** Statements that write what hangs on articles, as an import at `now` does. */
export const hangingSql = (now: Instant): readonly string[] => [
  `INSERT INTO memberships (target, article_id, kind, published_at, updated_at, is_plain, marks)
  SELECT t.target, a.id, a.kind, a.published_at, a.updated_at, ${plainSql('a')}, ${indexedMarksSql('a')}
  FROM articles a, unnest('edn_' || lower(a.edition) || a.section_ids || a.tag_ids || a.author_ids) AS t (target)`,
  `INSERT INTO boundaries (target, at, article_id)
  SELECT m.target, m.published_at, m.article_id FROM memberships m
  WHERE m.published_at >= '${new Date(oldestBoundary(now)).toISOString()}'`,
  `INSERT INTO addresses (edition, form, value, article_id, is_current)
  SELECT a.edition, f.form, CASE f.form WHEN 'slug' THEN a.slug ELSE a.path END, a.id, true
  FROM articles a, (VALUES ('slug'), ('path')) AS f (form)`,
];

/** A statement that has every article in the deltas as it stands, as an upgrade does. */
export const DELTAS_SQL = `INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at, after)
SELECT -row_number() OVER (ORDER BY a.published_at DESC, a.id), 'PUBLISH', a.id, a.edition, a.version, a.updated_at,
  article_facets(a.id) || '{"isHidden": false}'
FROM articles a`;
