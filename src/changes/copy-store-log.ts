import { batchesOf } from '../content/batches-of.ts';
import type { EditionCode } from '../content/edition.ts';
import type { Database } from '../database/database.ts';
import type { Change } from './change.ts';
import { loadFacets, repeatOwnKills, replaceCopiedDeltas } from './copy-store-deltas.ts';
import { createChangeLog, LOCK_HEAD_SQL, replaceEpochIn } from './change-log.ts';
import { STATEMENT_LIMIT } from './statement-limit.ts';
import { loadTombstones, recordTombstones, replaceCopiedTombstones } from './tombstone-table.ts';

export interface StoreLogOptions {
  /** The store's configured name: the copy's place is kept under it. */
  readonly store: string;
  /** Whose content lives there: changes of others are none of ours. */
  readonly editions: readonly EditionCode[];
  /** Of the store: it has a change log of its own, which other gateways may read too. */
  readonly from: Database;
  /** The gateway's own. */
  readonly to: Database;
  /** As of `ChangeLog.replaceEpoch`. */
  readonly degradedSeconds: number;
  /** Ends the copying between two batches: the next call goes on. */
  readonly signal?: AbortSignal;
}

/** How far the log of a store was copied. */
interface Place {
  readonly epoch: string;
  readonly sequence: number;
}

const BATCH_SIZE = 500;
/** Of whoever begins a copy anew: any two numbers no other code takes. */
const COPY_LOCK = [7_210_001, 16] as const;

const readPlace = async (to: Pick<Database, 'query'>, store: string, lock = ''): Promise<Place | undefined> => {
  const [row] = await to.query<{ readonly epoch: string; readonly sequence: string }>(
    `SELECT epoch, sequence FROM store_places WHERE store = $1 ${lock}`,
    [store],
  );
  return row === undefined ? undefined : { epoch: row.epoch, sequence: Number(row.sequence) };
};

const INSERT_SQL = `
INSERT INTO change_log (sequence, kind, article_id, edition, tags, version, occurred_at, is_soft, tombstone, facets)
SELECT h.sequence + 1 + r.ordinal, r.kind, r.article_id, r.edition, r.tags, r.version, r.occurred_at, r.is_soft, r.tombstone,
       r.facets
  FROM change_log_head h, json_to_recordset($1::json) AS r (ordinal integer, kind text, article_id text, edition text,
    tags text[], version integer, occurred_at timestamptz, is_soft boolean, tombstone jsonb, facets jsonb)`;

const rowsOf = (changes: readonly Change[], facets: ReadonlyMap<number, unknown>) =>
  changes.map(({ articleId, isSoft, occurredAt, sequence, ...change }, ordinal) => ({
    ...change,
    ordinal,
    article_id: articleId,
    is_soft: isSoft,
    occurred_at: new Date(occurredAt),
    facets: facets.get(sequence) ?? null,
  }));

/**
 * Copies what a store's own log holds, its outbox first moved there, into the gateway's log, each change once: the place
 * moves in the transaction that records them, whichever process does it.
 *
 * Where the place is worth nothing (never been there, another log after a restore, trimmed past it) what happened
 * meanwhile cannot be known: the gateway's log gets a new epoch, which ends all that is kept, the tombstones that lie there
 * are taken over as they are, and the copy goes on from now.
 *
 * @returns how many changes were copied by this process.
 * @throws {StoreError} of the database that cannot be reached; the next call goes on.
 */
export const copyStoreLog = async (options: StoreLogOptions): Promise<number> => {
  const { store, editions, from, to, degradedSeconds, signal } = options;
  const log = createChangeLog(from);
  const isEnded = (): boolean => signal?.aborted === true;
  while (!isEnded() && (await log.relay(BATCH_SIZE)) > 0);

  const beginAnew = async (before: Place | undefined): Promise<void> => {
    // What changes after they are read is copied, what changed before ends here: the later of the two places is that of the tombstones.
    const { epoch } = await log.head();
    const { sequence, lying } = await loadTombstones(from);
    await to.transaction(async (transaction) => {
      const isBegun = async (lock?: string): Promise<boolean> => {
        const now = await readPlace(transaction, store, lock);
        return now?.epoch !== before?.epoch || now?.sequence !== before?.sequence;
      };
      await transaction.query('SELECT pg_advisory_xact_lock($1::int, $2::int)', COPY_LOCK);
      // Another process has begun anew, and may have gone on from there.
      if (await isBegun()) return;
      // Before the log is held: there may be many, and the store may be slow.
      await replaceCopiedDeltas(transaction, from, editions);
      await transaction.query(LOCK_HEAD_SQL);
      // What was replaced is put back: the next call looks again.
      if (await isBegun('FOR UPDATE')) throw new Error(`Another process has gone on with the log of ${store}`);
      const [head] = await transaction.query<{ readonly epoch: string }>('SELECT epoch FROM change_log_head');
      await replaceEpochIn(transaction, head?.epoch ?? '', degradedSeconds);
      // Which were laid and lifted meanwhile nobody can tell any more. Who takes the epoch up reads these.
      await replaceCopiedTombstones(transaction, editions, lying);
      await repeatOwnKills(transaction, editions);
      await transaction.query(
        `INSERT INTO store_places (store, epoch, sequence) VALUES ($1, $2, $3)
         ON CONFLICT (store) DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence`,
        [store, epoch, sequence],
      );
    });
  };

  const record = (place: Place, changes: readonly Change[], facets: ReadonlyMap<number, unknown>): Promise<boolean> =>
    to.transaction(async (transaction) => {
      // A statement of its own: whoever waits here has its snapshot taken afterwards, so sequence order is commit order.
      await transaction.query(LOCK_HEAD_SQL);
      const now = await readPlace(transaction, store, 'FOR UPDATE');
      // Another process has been there between our statements.
      if (now === undefined || now.epoch !== place.epoch || now.sequence !== place.sequence) return false;
      const ours = changes.filter(({ edition }) => edition === null || editions.includes(edition));
      if (ours.length > 0) {
        for (const some of batchesOf(rowsOf(ours, facets), STATEMENT_LIMIT))
          await transaction.query(INSERT_SQL, [JSON.stringify(some)]);
        await recordTombstones(
          transaction,
          ours.flatMap(({ tombstone }) => (tombstone === null ? [] : [tombstone])),
          true,
        );
        await transaction.query('UPDATE change_log_head SET sequence = sequence + $1', [ours.length]);
        await transaction.query(`SELECT pg_notify('changes', '')`);
      }
      await transaction.query('UPDATE store_places SET sequence = $2 WHERE store = $1', [
        store,
        changes.at(-1)?.sequence ?? place.sequence,
      ]);
      return true;
    });

  let copied = 0;
  for (;;) {
    if (isEnded()) return copied;
    const place = await readPlace(to, store);
    const { epoch, isMoved, trimmedTo, sequence, changes } = await log.after(place?.sequence ?? 0, BATCH_SIZE);
    if (isMoved) await log.replaceEpoch(epoch, degradedSeconds);
    if (
      place === undefined ||
      isMoved ||
      place.epoch !== epoch ||
      place.sequence < trimmedTo ||
      place.sequence > sequence
    ) {
      await beginAnew(place);
      return copied;
    }
    if (changes.length === 0) return copied;
    if (await record(place, changes, await loadFacets(from, changes))) copied += changes.length;
  }
};
