import type { Queryable, Row } from '../../database/database.ts';

/** What the counters of this database are called where several count in one Redis. */
export const readEngagementSpace = async (database: Queryable): Promise<string> => {
  const [row] = await database.query<Row & { readonly id: string }>('SELECT id::text AS id FROM engagement_space');
  if (row === undefined) throw new TypeError('The database has no name for its counters: its migrations are not whole');
  return row.id;
};
