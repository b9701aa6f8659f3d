import type { Database } from '../../src/database/database.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { clearContent, writeArticles, type ArticleRows } from './content-rows.ts';
import { createTestDatabase, type DatabaseKind } from './test-database.ts';

/** Stores over an empty database of their own. */
export interface StoresUnderTest {
  readonly database: Database;
  readonly stores: Stores;
  readonly write: (articles: readonly ArticleRows[]) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** Statements sent so far, those of `write` and `clear` left out. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/** Stores over an empty database of their own; `close` removes it. */
export const openStores = async (kind: DatabaseKind): Promise<StoresUnderTest> => {
  const database = await createTestDatabase(kind);
  let calls = 0;
  const stores = createPostgresStores({
    query: (text, values) => {
      calls += 1;
      return database.query(text, values);
    },
  });
  return {
    database,
    stores,
    write: (articles) => writeArticles(database, articles),
    clear: () => clearContent(database),
    calls: () => calls,
    close: () => database.close(),
  };
};
