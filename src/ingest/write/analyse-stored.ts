import type { BodyBlock } from '../../content/body.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Article } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { ANALYSER_VERSION } from '../../search/analyse.ts';
import { searchedBodyOf, SEARCHED_BODY_LETTERS, writeSearchVector } from '../../stores/postgres/search-vector.ts';

interface StoredTexts extends Row {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly headline: string;
  readonly standfirst: string | null;
  readonly kicker: string | null;
  readonly tag_names: string | null;
  readonly syndication: Article['rights']['syndication'];
  /** Only where an excerpt is cut from it: bodies are long. */
  readonly body: readonly BodyBlock[] | null;
  readonly body_text: string;
}

const TEXTS_SQL = `SELECT a.id, a.edition, a.headline, a.standfirst, a.kicker, a.syndication,
    CASE WHEN a.syndication <> 'FULL' THEN a.body END AS body, left(a.body_text, ${SEARCHED_BODY_LETTERS}) AS body_text,
    (SELECT string_agg(t.name, ' ' ORDER BY array_position(a.tag_ids, t.id)) FROM tags t WHERE t.id = ANY (a.tag_ids)) AS tag_names
  FROM articles a WHERE a.id = ANY ($1)`;

const SAVE_SQL = `UPDATE articles SET search = r.search, search_version = ${ANALYSER_VERSION}
  FROM json_to_recordset($1::json) AS r (id text, search tsvector) WHERE articles.id = r.id`;

/** Writes anew the words that stored articles are found by, from their texts and the names of their tags as they are now. */
export const analyseStored = async (transaction: Queryable, ids: readonly ArticleId[]): Promise<void> => {
  const rows = await transaction.query<StoredTexts>(TEXTS_SQL, [ids]);
  const analysed = rows.map(({ id, tag_names: tagNames, body_text: text, body, ...texts }) => {
    const bodyText = searchedBodyOf({ syndication: texts.syndication, body: body ?? [], bodyText: text });
    return { id, search: writeSearchVector({ ...texts, tagNames, bodyText }) };
  });
  await transaction.query(SAVE_SQL, [JSON.stringify(analysed)]);
};
