import type { Instant } from '../clock.ts';
import type { Queryable } from '../database/database.ts';

/** Counts what partners ask, by key and day, and writes it down in batches: no request waits for it. */
export interface UsageTally {
  /** Must return at once. */
  count(use: { readonly partnerId: string; readonly prefix: string; readonly at: Instant }): void;
  /** Writes down what is left. */
  close(): Promise<void>;
}

export interface UsageTallyOptions {
  readonly database: Queryable;
  /** Told of a batch that could not be written; it is kept. */
  readonly onFailure: (error: unknown) => void;
  readonly everyMs?: number;
}

/** What a process that dies at once has not written down. */
const EVERY_MS = 5_000;

interface Use {
  readonly partner_id: string;
  readonly prefix: string;
  readonly day: string;
  requests: number;
}

export const createUsageTally = ({ database, onFailure, everyMs = EVERY_MS }: UsageTallyOptions): UsageTally => {
  let uses = new Map<string, Use>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const add = ({ partner_id, prefix, day, requests }: Use): void => {
    const key = `${partner_id}:${prefix}:${day}`;
    const known = uses.get(key);
    if (known === undefined) uses.set(key, { partner_id, prefix, day, requests });
    else known.requests += requests;
  };
  const write = async (): Promise<void> => {
    const batch = [...uses.values()];
    if (batch.length === 0) return;
    uses = new Map();
    try {
      await database.query(WRITE_SQL, [JSON.stringify(batch)]);
    } catch (error) {
      batch.forEach(add);
      onFailure(error);
    }
  };
  const writeAndGoOn = async (): Promise<void> => {
    await write();
    if (uses.size > 0) writeSoon();
  };
  const writeSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      writing = writeAndGoOn();
    }, everyMs).unref();
  };

  return {
    count({ partnerId, prefix, at }) {
      add({ partner_id: partnerId, prefix, day: new Date(at).toISOString().slice(0, 10), requests: 1 });
      writeSoon();
    },
    async close() {
      clearTimeout(timer);
      await writing;
      clearTimeout(timer);
      await write();
    },
  };
};

/** Of a partner that is gone by now nothing is written. */
const WRITE_SQL = `
INSERT INTO partner_usage (partner_id, prefix, day, requests)
SELECT u.partner_id, u.prefix, u.day, u.requests
FROM jsonb_to_recordset($1::jsonb) AS u (partner_id text, prefix text, day date, requests bigint)
JOIN partners p ON p.id = u.partner_id
ON CONFLICT (partner_id, prefix, day) DO UPDATE SET requests = partner_usage.requests + excluded.requests`;
