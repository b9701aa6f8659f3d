import type { ArticleBody, BodyBlock } from '../../content/body.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { Addressed, AddressRequest, ArticleStore } from '../article-store.ts';
import { articleColumnsSql, mapArticle, type ArticleRow } from './article-row.ts';
import { nearestAddressSql } from './nearest-address.ts';
import { countArticles } from './count-articles.ts';
import { countSearch } from './count-search.ts';
import { listArticles } from './list-articles.ts';
import { newestArticles } from './newest-articles.ts';
import { relatedArticles } from './related-articles.ts';
import { requestParameter } from './request-parameter.ts';
import { searchArticles } from './search-articles.ts';

interface AddressedRow extends ArticleRow {
  readonly ordinal: number;
  readonly is_current: boolean;
  /** Null: nobody will ask for it. */
  readonly body: readonly BodyBlock[] | null;
}

/** The articles of a PostgreSQL database, one statement per call. */
export const createArticleStore = (database: Queryable): ArticleStore => ({
  async byIds(ids) {
    if (ids.length === 0) return [];
    return (await database.query<ArticleRow>(BY_IDS_SQL, [ids])).map(mapArticle);
  },

  async bodies(ids) {
    if (ids.length === 0) return [];
    return await database.query<Row & ArticleBody>(BODIES_SQL, [ids]);
  },

  async byAddresses(addresses) {
    if (addresses.length === 0) return [];
    const requests = addresses.map(({ withText = false, ...address }) => ({
      ...address,
      spelling_key: spellingKey(address.value),
      with_text: withText,
    }));
    const rows = await database.query<AddressedRow>(BY_ADDRESSES_SQL, [requestParameter(requests)]);
    return rows.map((row): Addressed => ({
      address: addresses[row.ordinal] as AddressRequest,
      article: mapArticle(row),
      ...(row.body === null ? {} : { body: { id: row.id, blocks: row.body } }),
      isCurrent: row.is_current,
    }));
  },

  async byTranslationGroups(groups) {
    if (groups.length === 0) return [];
    return (await database.query<ArticleRow>(BY_GROUPS_SQL, [groups])).map(mapArticle);
  },

  list: (listings, view) => listArticles(database, listings, view),
  count: (queries, view, without) => countArticles(database, queries, { view, without }),
  related: (requests, view) => relatedArticles(database, requests, view),
  newest: (requests, now) => newestArticles(database, requests, now),
  search: (requests, view) => searchArticles(database, requests, view),
  countSearch: (queries, view, without) => countSearch(database, queries, { view, without }),
});

const BY_IDS_SQL = `SELECT ${articleColumnsSql('a')} FROM articles a WHERE a.id = ANY ($1::text[])`;

const BODIES_SQL = 'SELECT a.id, a.body AS blocks FROM articles a WHERE a.id = ANY ($1::text[])';

const BY_ADDRESSES_SQL = `
SELECT r.ordinal, held.is_current, CASE WHEN r.with_text THEN a.body END AS body, ${articleColumnsSql('a')}
FROM jsonb_to_recordset($1::jsonb)
  AS r (ordinal integer, edition text, form text, value text, spelling_key text, with_text boolean)
CROSS JOIN LATERAL (
  SELECT h.article_id, h.is_current FROM addresses h
  WHERE h.edition = r.edition AND h.form = r.form AND h.spelling_key = r.spelling_key
  ORDER BY ${nearestAddressSql('h', 'r.value')}
  LIMIT 1
) AS held
JOIN articles a ON a.id = held.article_id`;

const BY_GROUPS_SQL = `SELECT ${articleColumnsSql('a')} FROM articles a WHERE a.translation_group = ANY ($1::text[])`;
