import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Rights, SyndicationRight } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { Scheduled } from './pick-scheduled-kind.ts';

/** An article that changes by itself: what decides how, and everything it is found by. */
export interface ScheduledArticle extends Scheduled {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly kind: string;
  readonly version: number;
  readonly translationGroup: string | null;
  /** Ids of the lists it stands in: `memberships.target`. */
  readonly targets: readonly string[];
  /** Every slug and path it has or had. */
  readonly slugs: readonly string[];
  readonly paths: readonly string[];
}

interface ScheduledRow extends Row {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly kind: string;
  readonly version: number;
  readonly published_at: Date;
  readonly withdrawn_at: Date | null;
  readonly breaking: boolean;
  readonly breaking_until: Date | null;
  readonly syndication: SyndicationRight;
  readonly rights_holder: string | null;
  readonly usage_terms: string | null;
  readonly embargoed_until: Date | null;
  readonly expires_at: Date | null;
  readonly translation_group: string | null;
  readonly targets: readonly string[];
  readonly slugs: readonly string[];
  readonly paths: readonly string[];
}

const instantOf = (date: Date | null): Instant | null => date?.getTime() ?? null;

const rightsOf = (row: ScheduledRow): Rights => ({
  syndication: row.syndication,
  holder: row.rights_holder,
  usageTerms: row.usage_terms,
  embargoedUntil: instantOf(row.embargoed_until),
  expiresAt: instantOf(row.expires_at),
});

/**
 * The articles that exist among `ids` as they are committed, one snapshot for all of each. No row is locked: waiting for
 * an import to end would make everybody else's embargo late, and what the import changes it announces itself. Those
 * taken down are left out: whatever their store says, nobody sees them come or go.
 */
export const loadScheduled = async (
  transaction: Queryable,
  ids: readonly ArticleId[],
): Promise<ReadonlyMap<ArticleId, ScheduledArticle>> => {
  const rows = await transaction.query<ScheduledRow>(
    `SELECT a.id, a.edition, a.kind, a.version, a.published_at, a.withdrawn_at, a.breaking, a.breaking_until,
            a.syndication, a.rights_holder, a.usage_terms, a.embargoed_until, a.expires_at, a.translation_group,
            ARRAY(SELECT m.target FROM memberships m WHERE m.article_id = a.id ORDER BY m.target) AS targets,
            ARRAY(SELECT d.value FROM addresses d WHERE d.article_id = a.id AND d.form = 'slug') AS slugs,
            ARRAY(SELECT d.value FROM addresses d WHERE d.article_id = a.id AND d.form = 'path') AS paths
       FROM articles a
      WHERE a.id = ANY($1) AND NOT EXISTS (SELECT FROM tombstones t WHERE t.article_id = a.id)`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        edition: row.edition,
        kind: row.kind,
        version: row.version,
        publishedAt: row.published_at.getTime(),
        withdrawnAt: instantOf(row.withdrawn_at),
        rights: rightsOf(row),
        breaking: row.breaking,
        breakingUntil: instantOf(row.breaking_until),
        translationGroup: row.translation_group,
        targets: row.targets,
        slugs: row.slugs,
        paths: row.paths,
      },
    ]),
  );
};
