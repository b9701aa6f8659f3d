import type { Queryable } from '../../src/database/database.ts';
import { clearContent } from './content-rows.ts';

/** Removes all content and what is known of where it came from. */
export const clearIndex = async (database: Queryable): Promise<void> => {
  await clearContent(database);
  const tables = ['index_stories', 'index_relooks', 'index_tasks', 'schedule', 'outbox'];
  await database.query(tables.map((table) => `DELETE FROM ${table}`).join(';'));
};
