import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import { EXTENTS, type Extent } from '../../content/manifest.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { Via } from './delivery.ts';

/** A version of an article that a partner was given in one way. */
export interface Holding {
  readonly partnerId: string;
  /** Null: it was removed since. */
  readonly partnerName: string | null;
  readonly version: number;
  readonly via: Via;
  /** The most that was given of it. */
  readonly extent: Extent;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly times: number;
}

interface HoldingRow extends Row {
  readonly partner_id: string;
  readonly name: string | null;
  readonly version: number;
  readonly via: Via;
  readonly extent: number;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly times: string;
}

/** Who was given which version of `articleId`, by partner, as far as it is written down. */
export const loadHolders = async (database: Queryable, articleId: ArticleId): Promise<readonly Holding[]> => {
  const rows = await database.query<HoldingRow>(HOLDERS_SQL, [articleId]);
  return rows.map((row) => ({
    partnerId: row.partner_id,
    partnerName: row.name,
    version: row.version,
    via: row.via,
    extent: EXTENTS[row.extent] ?? 'named',
    firstAt: row.first_at.getTime(),
    lastAt: row.last_at.getTime(),
    times: Number(row.times),
  }));
};

const HOLDERS_SQL = `
WITH given AS (
  SELECT d.partner_id, i.version, d.via, i.extent, d.first_at, d.last_at, d.times
    FROM manifests m
    JOIN deliveries d ON d.digest = m.digest
   CROSS JOIN LATERAL unnest(m.article_ids, m.versions, m.extents) AS i (article_id, version, extent)
   WHERE m.article_ids @> ARRAY[$1::text] AND i.article_id = $1
  UNION ALL
  SELECT partner_id, version, via, extent, first_at, last_at, times FROM held_versions WHERE article_id = $1
)
SELECT g.partner_id, p.name, g.version, g.via, max(g.extent) AS extent, min(g.first_at) AS first_at,
       max(g.last_at) AS last_at, sum(g.times) AS times
  FROM given g LEFT JOIN partners p ON p.id = g.partner_id
 GROUP BY g.partner_id, p.name, g.version, g.via
 ORDER BY g.partner_id, g.version, g.via`;
