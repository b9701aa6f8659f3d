import type { Manifest } from '../../content/manifest.ts';
import type { Queryable } from '../../database/database.ts';
import type { DeliveryRow, Followed } from './delivery.ts';

/** What was given, with the manifests that it names. */
export interface DeliveryBatch {
  readonly deliveries: readonly DeliveryRow[];
  readonly manifests: readonly Manifest[];
}

/** Adds `batch` to what is known, in one statement. */
export const saveDeliveries = async (database: Queryable, { deliveries, manifests }: DeliveryBatch): Promise<void> => {
  const rows = manifests.map(({ digest, entries }) => ({
    digest,
    article_ids: entries.map(([id]) => id),
    versions: entries.map(([, version]) => version),
    extents: entries.map(([, , extent]) => extent),
  }));
  await database.query(SAVE_SQL, [JSON.stringify(rows), JSON.stringify(deliveries)]);
};

/** Everybody in the same order: two processes that write the same wait for each other, and never both. */
const SAVE_SQL = `
WITH made AS (
  INSERT INTO manifests (digest, article_ids, versions, extents)
  SELECT m.digest, m.article_ids, m.versions, m.extents
    FROM jsonb_to_recordset($1::jsonb) AS m (digest text, article_ids text[], versions integer[], extents smallint[])
   ORDER BY m.digest COLLATE "C"
  ON CONFLICT DO NOTHING
)
INSERT INTO deliveries (partner_id, digest, via, first_at, last_at, times)
SELECT d.partner_id, d.digest, d.via, to_timestamp(d.first_at / 1000), to_timestamp(d.last_at / 1000), d.times
  FROM jsonb_to_recordset($2::jsonb) AS d (partner_id text, digest text, via text, first_at float8, last_at float8, times bigint)
 ORDER BY d.partner_id COLLATE "C", d.digest COLLATE "C", d.via COLLATE "C"
ON CONFLICT (partner_id, digest, via) DO UPDATE SET
  first_at = least(deliveries.first_at, excluded.first_at),
  last_at = greatest(deliveries.last_at, excluded.last_at),
  times = deliveries.times + excluded.times`;

/** Moves the places of partners in their deltas on, never back; in another log it begins anew. */
export const savePlaces = async (database: Queryable, places: readonly Followed[]): Promise<void> => {
  const rows = places.map(({ partnerId, editions, epoch, sequence, at }) => ({
    partner_id: partnerId,
    editions: editions.join(','),
    epoch,
    sequence,
    asked_at: at,
  }));
  await database.query(PLACES_SQL, [JSON.stringify(rows)]);
};

const PLACES_SQL = `
INSERT INTO delta_places (partner_id, editions, epoch, sequence, asked_at)
SELECT p.partner_id, p.editions, p.epoch, p.sequence, to_timestamp(p.asked_at / 1000)
  FROM jsonb_to_recordset($1::jsonb) AS p (partner_id text, editions text, epoch uuid, sequence bigint, asked_at float8)
 ORDER BY p.partner_id COLLATE "C", p.editions COLLATE "C"
ON CONFLICT (partner_id, editions) DO UPDATE SET
  epoch = excluded.epoch, sequence = excluded.sequence, asked_at = excluded.asked_at
WHERE CASE WHEN delta_places.epoch = excluded.epoch THEN delta_places.sequence < excluded.sequence
           ELSE delta_places.asked_at < excluded.asked_at END`;
