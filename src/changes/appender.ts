import { createHash } from 'node:crypto';
import type { Instant } from '../clock.ts';
import { batchesOf } from '../content/batches-of.ts';
import type { Queryable } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { createAcknowledger, type Acknowledgement, type AcknowledgerOptions } from './acknowledger.ts';
import { createChangeLog, LOCK_HEAD_SQL } from './change-log.ts';
import type { NewChange } from './change.ts';
import { STATEMENT_LIMIT } from './statement-limit.ts';
import { recordTombstones } from './tombstone-table.ts';

/** Where a change came to stand. */
export interface Appended {
  /** Of the last change that is to be waited for. */
  readonly sequence: number;
  readonly epoch: string;
}

/** Puts changes into the log, and says when nobody can any longer answer from before them. */
export interface Appender {
  /**
   * Appends `changes` in one transaction; then what lay in the outbox when it was called, as far as that is done within
   * a second: an import that is under way announces itself.
   *
   * @param id the sender's own: the same one again with the same changes appends nothing and gives what it gave.
   * @throws {GatewayError} CHANGE_NOT_RECORDED when it is not known to be recorded: to be sent again with the same id;
   *   BAD_REQUEST when `id` was used for other changes.
   */
  append(id: string, changes: readonly NewChange[], occurredAt: Instant): Promise<Appended>;
  /**
   * Waits until every process has taken in what was appended, or has provably lost its right to answer from before.
   *
   * @throws {GatewayError} CHANGE_NOT_RECORDED when the log was replaced meanwhile, or cannot be read.
   */
  acknowledge(appended: Appended): Promise<Acknowledgement>;
}

export interface AppenderOptions extends AcknowledgerOptions {
  /** How long a process may go on that a moved database knows nothing of. */
  readonly degradedSeconds?: number;
}

/** What a request came to in the transaction that records it. */
interface Recorded {
  readonly appended: Appended;
  /** Whether the outbox may have held something then: it goes behind, whoever moves it. */
  readonly isFollowed: boolean;
}

const RELAY_LIMIT = 500;
const RELAY_BUDGET_MS = 1_000;

const notRecorded = (cause: unknown): GatewayError =>
  new GatewayError('CHANGE_NOT_RECORDED', 'The change is not known to be recorded: send it again with the same id', {
    cause,
  });

/** Of what the sender said: the tags and the version of an article may have moved on before it is sent again. */
const digestOf = (changes: readonly NewChange[]): string => {
  const said = changes.map(({ kind, isSoft, articleId, tags }) => [kind, isSoft, articleId ?? tags]);
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
};

/** The request that `id` stands for already, in this log. */
const findRequest = async (
  transaction: Queryable,
  id: string,
): Promise<(Appended & { readonly digest: string }) | undefined> => {
  const [known] = await transaction.query<{ digest: string; sequence: string; epoch: string }>(
    `SELECT r.digest, r.sequence, r.epoch FROM change_requests r JOIN change_log_head h USING (epoch) WHERE r.id = $1`,
    [id],
  );
  return known === undefined ? undefined : { ...known, sequence: Number(known.sequence) };
};

const insertChanges = async (
  transaction: Queryable,
  changes: readonly NewChange[],
  occurredAt: Instant,
): Promise<Recorded> => {
  const rows = changes.map(({ articleId, isSoft, ...change }, ordinal) => ({
    ...change,
    ordinal,
    article_id: articleId,
    is_soft: isSoft,
  }));
  for (const some of batchesOf(rows, STATEMENT_LIMIT))
    await transaction.query(
      `INSERT INTO change_log (sequence, kind, article_id, edition, tags, version, occurred_at, is_soft, tombstone)
     SELECT h.sequence + 1 + r.ordinal, r.kind, r.article_id, r.edition, r.tags, r.version, $2::timestamptz, r.is_soft, r.tombstone
       FROM change_log_head h, json_to_recordset($1::json) AS r (ordinal integer, kind text, article_id text, edition text,
         tags text[], version integer, is_soft boolean, tombstone jsonb)`,
      [JSON.stringify(some), new Date(occurredAt)],
    );
  const orders = changes.flatMap(({ tombstone }) => (tombstone === null ? [] : [tombstone]));
  await recordTombstones(transaction, orders);
  // Under the lock: what is not in the outbox now was moved to below these, or came after the call.
  const [head] = await transaction.query<{ sequence: string; epoch: string; is_followed: boolean }>(
    `UPDATE change_log_head SET sequence = sequence + $1
     RETURNING sequence, epoch, EXISTS (SELECT FROM outbox) AS is_followed`,
    [changes.length],
  );
  if (head === undefined) throw new TypeError('change_log_head is empty: the migrations make its row');
  await transaction.query(`SELECT pg_notify('changes', '')`);
  return { appended: { sequence: Number(head.sequence), epoch: head.epoch }, isFollowed: head.is_followed };
};

/** An appender over the database that holds the log. */
export const createAppender = (options: AppenderOptions): Appender => {
  const { database, monotonic = () => performance.now(), degradedSeconds = 0 } = options;
  const log = createChangeLog(database);
  const acknowledger = createAcknowledger(options);

  /** undefined: the database was promoted, or restored elsewhere, and nobody has seen it yet. */
  const record = (id: string, changes: readonly NewChange[], occurredAt: Instant): Promise<Recorded | undefined> =>
    database.transaction(async (transaction) => {
      // A statement of its own: whoever waits here has its snapshot taken afterwards, so sequence order is commit order.
      const [head] = await transaction.query<{ readonly is_moved: boolean }>(LOCK_HEAD_SQL);
      if (head?.is_moved === true) return undefined;
      const digest = digestOf(changes);
      const known = await findRequest(transaction, id);
      if (known !== undefined && known.digest !== digest)
        throw new GatewayError(
          'BAD_REQUEST',
          `"id" ${JSON.stringify(id)} was used for other changes: choose a new one`,
        );
      // What lay in the outbox at the first attempt went behind it, perhaps long ago.
      if (known !== undefined) return { appended: { sequence: known.sequence, epoch: known.epoch }, isFollowed: true };
      const recorded = await insertChanges(transaction, changes, occurredAt);
      const { sequence, epoch } = recorded.appended;
      await transaction.query(
        `INSERT INTO change_requests (id, digest, sequence, epoch) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, sequence = excluded.sequence, epoch = excluded.epoch`,
        [id, digest, sequence, epoch],
      );
      return recorded;
    });

  const recordWhereItStands = async (...request: Parameters<typeof record>): Promise<Recorded> => {
    const recorded = await record(...request);
    if (recorded !== undefined) return recorded;
    await log.replaceEpoch((await log.head()).epoch, degradedSeconds);
    const again = await record(...request);
    if (again === undefined) throw new Error('The database moves while a change is recorded');
    return again;
  };

  /** Where the log stands with what was committed before, as far as that goes quickly. */
  const relayWhatLay = async ({ appended, isFollowed }: Recorded): Promise<Appended> => {
    if (!isFollowed) return appended;
    const end = monotonic() + RELAY_BUDGET_MS;
    while ((await log.relay(RELAY_LIMIT, true)) > 0 && monotonic() < end);
    // Nothing was left to move is not nothing lay there: another process moves it as soon as it is woken.
    const { epoch, sequence } = await log.head();
    return epoch === appended.epoch ? { epoch, sequence: Math.max(sequence, appended.sequence) } : appended;
  };

  return {
    async append(id, changes, occurredAt) {
      if (changes.length === 0) throw new TypeError('A request without changes records nothing');
      try {
        // A withdrawal waits behind no import: what is asked for is recorded first.
        const recorded = await recordWhereItStands(id, changes, occurredAt);
        return await relayWhatLay(recorded);
      } catch (error) {
        if (error instanceof GatewayError && error.code === 'BAD_REQUEST') throw error;
        throw notRecorded(error);
      }
    },
    acknowledge: (appended) =>
      acknowledger.acknowledge(appended).catch((error: unknown) => {
        throw notRecorded(error);
      }),
  };
};
