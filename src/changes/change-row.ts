import type { EditionCode } from '../content/edition.ts';
import type { ArticleId } from '../content/ids.ts';
import type { CacheTag } from '../content/tags.ts';
import type { TombstoneOrder } from '../content/tombstones.ts';
import type { Change, ChangeKind } from './change.ts';

/** A row of `change_log`, as the driver gives it. */
export interface ChangeRow {
  readonly [column: string]: unknown;
  readonly sequence: string;
  readonly kind: ChangeKind;
  readonly article_id: ArticleId | null;
  readonly edition: EditionCode | null;
  readonly tags: readonly CacheTag[];
  readonly version: number | null;
  readonly occurred_at: Date;
  readonly is_soft: boolean;
  readonly tombstone: TombstoneOrder | null;
}

/** The columns of a `ChangeRow`, of the alias `c`. */
export const CHANGE_COLUMNS_SQL =
  'c.sequence, c.kind, c.article_id, c.edition, c.tags, c.version, c.occurred_at, c.is_soft, c.tombstone';

/** The change in a row. */
export const mapChange = (row: ChangeRow): Change => ({
  sequence: Number(row.sequence),
  kind: row.kind,
  articleId: row.article_id,
  edition: row.edition,
  tags: row.tags,
  version: row.version,
  occurredAt: row.occurred_at.getTime(),
  isSoft: row.is_soft,
  tombstone: row.tombstone,
});
