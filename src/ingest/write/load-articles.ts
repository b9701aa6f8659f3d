import type { Queryable, Row } from '../../database/database.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { SyndicationRight } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import { spellingKey } from '../../content/spelling.ts';
import { parseDigest } from './article-digest.ts';
import { addressKey, type BatchState, type StoredArticle } from './batch-state.ts';
import type { WantedAddress } from './collect-wanted.ts';
import { placeAll } from './places.ts';

const instantOf = (date: Date | null): number | null => date?.getTime() ?? null;

interface ArticleRow extends Row {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly kind: string;
  readonly slug: string;
  readonly path: string;
  readonly version: number;
  readonly content_digest: string;
  readonly syndication: SyndicationRight;
  readonly rights_holder: string | null;
  readonly usage_terms: string | null;
  readonly embargoed_until: Date | null;
  readonly expires_at: Date | null;
  readonly correction_count: number;
  readonly translation_group: string | null;
  readonly published_at: Date;
  readonly updated_at: Date;
  readonly breaking: boolean;
  readonly breaking_until: Date | null;
  readonly withdrawn_at: Date | null;
  readonly taken_down_at: Date | null;
}

const mapStored = (row: ArticleRow, targets: readonly string[]): StoredArticle => ({
  id: row.id,
  edition: row.edition,
  kind: row.kind,
  slug: row.slug,
  path: row.path,
  version: row.version,
  digest: parseDigest(row.content_digest),
  rights: {
    syndication: row.syndication,
    holder: row.rights_holder,
    usageTerms: row.usage_terms,
    embargoedUntil: instantOf(row.embargoed_until),
    expiresAt: instantOf(row.expires_at),
  },
  correctionCount: row.correction_count,
  translationGroup: row.translation_group,
  publishedAt: row.published_at.getTime(),
  updatedAt: row.updated_at.getTime(),
  breaking: row.breaking,
  breakingUntil: instantOf(row.breaking_until),
  withdrawnAt: instantOf(row.withdrawn_at),
  takenDownAt: instantOf(row.taken_down_at),
  targets,
});

/** The articles that exist among `ids`, locked until the transaction ends. */
export const loadArticles = async (
  transaction: Queryable,
  ids: readonly ArticleId[],
): Promise<BatchState['articles']> => {
  const rows = await transaction.query<ArticleRow>(
    `SELECT id, edition, kind, slug, path, version, content_digest, syndication, rights_holder, usage_terms, embargoed_until,
            expires_at, jsonb_array_length(corrections) AS correction_count, translation_group,
            published_at, updated_at, breaking, breaking_until, withdrawn_at, taken_down_at
       FROM articles WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [ids],
  );
  if (rows.length === 0) return new Map();
  // A statement of its own, begun with the rows locked: in the one above it would be of a snapshot from before the wait.
  const memberships = await transaction.query<{ article_id: ArticleId; targets: string[] }>(
    'SELECT article_id, array_agg(target) AS targets FROM memberships WHERE article_id = ANY($1) GROUP BY article_id',
    [rows.map(({ id }) => id)],
  );
  const targets = new Map(memberships.map((row) => [row.article_id, row.targets]));
  return new Map(rows.map((row) => [row.id, mapStored(row, targets.get(row.id) ?? [])]));
};

interface AddressRow extends Row {
  readonly edition: EditionCode;
  readonly form: 'slug' | 'path';
  readonly value: string;
  readonly article_id: ArticleId;
  readonly source_id: string;
  readonly is_current: boolean;
  readonly since: Date;
}

/** Who stands at `wanted`, and everything that the articles of `ids` stand or stood at. */
export const loadAddresses = async (
  transaction: Queryable,
  wanted: readonly WantedAddress[],
  ids: readonly ArticleId[],
): Promise<BatchState['addresses']> => {
  const rows = await transaction.query<AddressRow>(
    `SELECT held.*, articles.source_id FROM (
       SELECT a.edition, a.form, a.value, a.article_id, a.is_current, a.since
         FROM unnest($1::text[], $2::text[], $3::text[]) AS w (edition, form, spelling_key)
         JOIN addresses a ON a.edition = w.edition AND a.form = w.form AND a.spelling_key = w.spelling_key
       UNION
       SELECT edition, form, value, article_id, is_current, since FROM addresses WHERE article_id = ANY($4)
     ) held JOIN articles ON articles.id = held.article_id
      ORDER BY held.is_current DESC, held.since, held.value`,
    [
      wanted.map(({ edition }) => edition),
      wanted.map(({ form }) => form),
      wanted.map(({ value }) => spellingKey(value)),
      ids,
    ],
  );
  const holders = rows.map(
    ({ edition, form, value, article_id: articleId, source_id: sourceId, is_current: isCurrent, since }) => ({
      edition,
      form,
      value,
      articleId,
      sourceId,
      isCurrent,
      since: since.getTime(),
    }),
  );
  return placeAll(holders, addressKey, ({ value }) => value);
};
