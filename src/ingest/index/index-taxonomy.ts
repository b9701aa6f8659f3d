import type { Clock } from '../../clock.ts';
import { batchesOf } from '../../content/batches-of.ts';
import type { Edition } from '../../content/edition.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { ContentSource } from '../../stores/content-source.ts';
import { createPreparer, type TaxonomyDocument } from '../prepare-document.ts';
import { writeInTransactions } from '../write/create-batch-writer.ts';
import { lockEditions } from '../write/lock-editions.ts';
import { saveOutbox } from '../write/save-outbox.ts';
import { writeBatch, type DocumentResult } from '../write/write-batch.ts';
import { dropUnfiled, findFiled, findLeftovers } from './drop-unfiled.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import { readTaxonomy } from './taxonomy-documents.ts';

export interface IndexTaxonomyOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly editions: readonly Edition[];
  readonly desk: IndexedDesk;
  readonly source: ContentSource;
  /** Told what cannot be written. */
  readonly onRefused: (reasons: readonly string[]) => void;
}

/** A taxonomy that was written. */
export interface WrittenTaxonomy {
  readonly look: string;
  /** All that the source has, by `entryKey`. */
  readonly had: ReadonlySet<string>;
  /** What the source calls the stories that are still filed under what it has no longer. */
  readonly misfiled: readonly string[];
}

/** What stories are filed under, as the source has it. */
export interface TaxonomyIndex {
  /** Writes all that the source has now. */
  write(): Promise<WrittenTaxonomy>;
  /** Removes what the source has no longer and nobody is filed under; nothing, once it has been written anew. */
  dropUnfiled(written: WrittenTaxonomy): Promise<void>;
}

const BATCH_DOCUMENTS = 200;
const MAX_ATTEMPTS = 5;

/** Thrown to roll back: another look began, and this one may have read what was before. */
const OVERTAKEN = Symbol('overtaken');

/** Writes the taxonomy of one desk. */
export const createTaxonomyIndex = (options: IndexTaxonomyOptions): TaxonomyIndex => {
  const { database, clock, editions, desk, source, onRefused } = options;
  const { edition, sourceName } = desk;
  const prepare = createPreparer({ editions, source: sourceName });

  const begin = async (): Promise<string> => {
    const [row] = await database.query<{ look: string }>(
      `INSERT INTO index_tasks (edition, source, task, look) VALUES ($1, $2, 'taxonomy', nextval('index_looks'))
       ON CONFLICT (edition, source, task) DO UPDATE SET look = excluded.look RETURNING look`,
      [edition, sourceName],
    );
    return row?.look ?? '';
  };
  const holdLook = async (transaction: Queryable, look: string): Promise<void> => {
    await lockEditions(transaction, [edition]);
    const [row] = await transaction.query<{ look: string }>(
      `SELECT look FROM index_tasks WHERE edition = $1 AND source = $2 AND task = 'taxonomy' FOR UPDATE`,
      [edition, sourceName],
    );
    if (row?.look !== look) throw OVERTAKEN;
  };

  const writeAll = async (look: string, documents: readonly TaxonomyDocument[]): Promise<readonly string[]> => {
    const refused: string[] = [];
    const write = writeInTransactions(
      database,
      async (transaction, batch: readonly TaxonomyDocument[]) => {
        await holdLook(transaction, look);
        return await writeBatch(transaction, batch, clock.now());
      },
      (reason): DocumentResult => ({ outcome: 'bad', reason }),
    );
    for (const batch of batchesOf(documents, BATCH_DOCUMENTS)) {
      const results = await write(batch);
      refused.push(...results.flatMap((result) => (result.outcome === 'bad' ? [result.reason] : [])));
    }
    return refused;
  };

  const attempt = async (): Promise<WrittenTaxonomy> => {
    const look = await begin();
    const { documents, refused, had } = readTaxonomy(await source.taxonomy(), edition, prepare);
    const all = [...refused, ...(await writeAll(look, documents))];
    if (all.length > 0) onRefused(all);
    const leftovers = await findLeftovers(database, edition, had);
    return { look, had, misfiled: await findFiled(database, leftovers) };
  };

  return {
    async write() {
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await attempt();
        } catch (error) {
          if (error !== OVERTAKEN) throw error;
          if (attempts === MAX_ATTEMPTS) throw new Error('Others look at the taxonomy all the time', { cause: error });
        }
      }
    },
    async dropUnfiled({ look, had }) {
      try {
        await database.transaction(async (transaction) => {
          await holdLook(transaction, look);
          const leftovers = await findLeftovers(transaction, edition, had);
          await saveOutbox(transaction, await dropUnfiled(transaction, edition, leftovers), clock.now());
        });
      } catch (error) {
        // Whoever looked later has more to go by.
        if (error !== OVERTAKEN) throw error;
      }
    },
  };
};
