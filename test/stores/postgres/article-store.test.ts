import { describe } from 'vitest';
import { articleStoreContract } from '../../contracts/article-store.ts';
import { openStores } from '../../support/stores-under-test.ts';
import { databaseKinds } from '../../support/test-database.ts';

describe.each(databaseKinds)('createArticleStore over %s', (kind) => {
  articleStoreContract(async () => {
    const opened = await openStores(kind);
    return { ...opened, store: opened.stores.articles };
  });
});
