/**
 * The statements of a server that knows three queries and no other: one each, everything joined, names written as JSON by the
 * database where they are not held in memory.
 *
 * `isResident` says that sections, authors and tags are: then their ids are enough.
 */
const visible = (article: string): string =>
  `${article}.withdrawn_at IS NULL AND ${article}.published_at <= now() AND ${article}.syndication <> 'NONE'
    AND (${article}.embargoed_until IS NULL OR ${article}.embargoed_until <= now())
    AND (${article}.expires_at IS NULL OR ${article}.expires_at > now())`;

const names = (table: string, ids: string): string =>
  `(SELECT json_agg(json_build_object('id', x.id, 'name', x.name) ORDER BY u.place)
    FROM unnest(${ids}) WITH ORDINALITY AS u (id, place) JOIN ${table} x ON x.id = u.id)::text`;

const hangingOn = (article: string, isResident: boolean): string =>
  isResident
    ? `${article}.section_ids[1] AS section, array_to_string(${article}.author_ids, ' ') AS authors,
      array_to_string(${article}.tag_ids, ' ') AS tags`
    : `(SELECT json_build_object('id', s.id, 'name', s.name, 'path', s.path) FROM sections s
        WHERE s.id = ${article}.section_ids[1]) AS section,
      ${names('authors', `${article}.author_ids`)} AS authors, ${names('tags', `${article}.tag_ids`)} AS tags`;

/** Twenty articles of target `$1` published before `$2`. */
export const frontPageSql = (isResident: boolean): string => `
SELECT a.id, a.headline, a.standfirst, a.path, a.published_at, ${hangingOn('a', isResident)}
FROM memberships m JOIN articles a ON a.id = m.article_id
WHERE m.target = $1 AND m.published_at < $2 AND ${visible('a')}
ORDER BY m.published_at DESC, m.article_id DESC
LIMIT 20`;

/** As `related`, the four articles that go with article `a`, as JSON. */
const relatedSql = (isResident: boolean): string => `
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('id', r.id, 'headline', r.headline, 'path', r.path, 'at', r.published_at,
    'section', ${isResident ? 'r.section_ids[1]' : "(SELECT json_build_object('id', s.id, 'name', s.name) FROM sections s WHERE s.id = r.section_ids[1])"})
    ORDER BY weighed.place) AS related
  FROM (
    SELECT id, row_number() OVER (ORDER BY shared DESC, same_section DESC, published_at DESC, id DESC) AS place
    FROM (
      SELECT DISTINCT ON (c.id) c.id, c.published_at, c.section_ids[1] = a.section_ids[1] AS same_section,
        (SELECT count(*) FROM unnest(c.tag_ids) AS t (id) WHERE t.id = ANY (a.tag_ids)) AS shared
      FROM unnest(a.tag_ids || a.section_ids[1]) AS t (target)
      CROSS JOIN LATERAL (
        SELECT x.id, x.published_at, x.tag_ids, x.section_ids
        FROM memberships m JOIN articles x ON x.id = m.article_id
        WHERE m.target = t.target AND x.id <> a.id AND ${visible('x')}
        ORDER BY m.published_at DESC, m.article_id DESC
        LIMIT 54
      ) AS c
      ORDER BY c.id
    ) AS candidates
    ORDER BY place
    LIMIT 4
  ) AS weighed
  JOIN articles r ON r.id = weighed.id
) AS best`;

/** The article of edition `$1` with slug `$2`, and what goes with it where that is asked for. */
export const articlePageSql = (isResident: boolean, isRelatedAsked: boolean): string => `
SELECT a.id, a.kind, a.path, a.kicker, a.headline, a.standfirst, a.published_at, a.updated_at, a.body,
  ${hangingOn('a', isResident)}${isRelatedAsked ? ", coalesce(best.related, '[]') AS related" : ''}
FROM addresses held JOIN articles a ON a.id = held.article_id${isRelatedAsked ? relatedSql(isResident) : ''}
WHERE held.edition = $1 AND held.form = 'slug' AND held.value = $2 AND ${visible('a')}`;
