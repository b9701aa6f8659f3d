import type { Instant } from '../../src/clock.ts';
import type { Database } from '../../src/database/database.ts';
import { ANALYSER_VERSION } from '../../src/search/analyse.ts';
import { plainSql } from '../../src/stores/postgres/visible.ts';

/** What the rows of `writeManyArticles` hang on. */
export const MANY = { sections: 24, tags: 400, authors: 60 } as const;

/** An id in the form of ours, for row `number` of its kind. */
export const manyId = <Prefix extends 'art' | 'sec' | 'tag' | 'aut'>(prefix: Prefix, number: number) =>
  `${prefix}_en_${String(number).padStart(20, '0')}` as const;

/**
 * Fills an empty database with `count` English articles, ten minutes apart and back from `now`, written by the database
 * itself: seconds for tens of thousands. Each has a section, four tags (tag 0 among them for every second) and an author.
 */
export const writeManyArticles = async (database: Database, count: number, now: Instant): Promise<void> => {
  const id = (prefix: string, number: string): string => `'${prefix}_en_' || lpad((${number})::text, 20, '0')`;
  const named = (of: number): string => `generate_series(0, ${of - 1}) AS n`;
  const statements = [
    `INSERT INTO sections (id, edition, kind, slug, path, name)
    SELECT ${id('sec', 'n')}, 'EN', 'TOPIC', 's' || n, 's' || n, 'Section ' || n FROM ${named(MANY.sections)}`,
    `INSERT INTO tags (id, edition, slug, name)
    SELECT ${id('tag', 'n')}, 'EN', 't' || n, 'Tag ' || n FROM ${named(MANY.tags)}`,
    `INSERT INTO authors (id, edition, kind, slug, name)
    SELECT ${id('aut', 'n')}, 'EN', 'PERSON', 'a' || n, 'Author ' || n FROM ${named(MANY.authors)}`,
    // A product with a large prime spreads what the remainders pick.
    `INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, author_ids, section_ids, tag_ids,
      published_at, updated_at, breaking, body_text, content_digest, search, search_version)
    SELECT ${id('art', 'n')}, 'EN', CASE WHEN n % 50 = 0 THEN 'VIDEO' ELSE 'NEWS' END, 'many', n, 'story-' || n,
      's/story-' || n, 'Story ' || n, ARRAY[${id('aut', `n * 7919 % ${MANY.authors}`)}],
      ARRAY[${id('sec', `n * 7919 / 60 % ${MANY.sections}`)}],
      ARRAY(SELECT DISTINCT ${id('tag', 't')} FROM unnest(ARRAY[n % 2, n * 7919 % ${MANY.tags},
        n * 104729 % ${MANY.tags}, n * 15485863 % ${MANY.tags}]) AS t),
      at, at + n * 7919 % 600 * interval '1 hour', n % 1000 = 0, 'harbour word' || n % 500, '',
      ('stori:1A ''=story'':1A harbor:20C ''=harbour'':20C word' || n % 500 || ':21C ''=word' || n % 500 || ''':21C')::tsvector,
      ${ANALYSER_VERSION}
    FROM generate_series(0, ${count - 1}::bigint) AS n
    CROSS JOIN LATERAL (SELECT '${new Date(now).toISOString()}'::timestamptz - n * interval '10 minutes' AS at) AS dates`,
    `INSERT INTO memberships (target, article_id, kind, published_at, updated_at, is_plain)
    SELECT t.target, a.id, a.kind, a.published_at, a.updated_at, ${plainSql('a')}
    FROM articles a, unnest('edn_en'::text || a.section_ids || a.tag_ids || a.author_ids) AS t (target)`,
    `INSERT INTO boundaries (target, at, article_id)
    SELECT m.target, m.published_at, m.article_id FROM memberships m`,
    `INSERT INTO addresses (edition, form, value, article_id, is_current)
    SELECT a.edition, f.form, CASE f.form WHEN 'slug' THEN a.slug ELSE a.path END, a.id, true
    FROM articles a, (VALUES ('slug'), ('path')) AS f (form)`,
  ];
  for (const statement of statements)
    await database.transaction((transaction) => transaction.query(statement), { statementTimeoutMs: 120_000 });
  // A vacuum cannot run in a transaction, nor through an index-only scan without one.
  for (const table of ['articles', 'memberships', 'boundaries', 'addresses', 'tags', 'authors', 'sections'])
    await database.query(`VACUUM (ANALYZE) ${table}`);
};
