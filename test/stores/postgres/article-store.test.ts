import { describe } from 'vitest';
import { articleStorePlansContract } from '../../contracts/article-store-plans.ts';
import { articleStoreContract } from '../../contracts/article-store.ts';
import { openStores } from '../../support/stores-under-test.ts';
import { databaseKinds } from '../../support/test-database.ts';

describe.each(databaseKinds)('createArticleStore over %s', (kind) => {
  const open = async () => {
    const opened = await openStores(kind);
    return { ...opened, store: opened.stores.articles };
  };
  articleStoreContract(open);
  articleStorePlansContract(open);
});
