import { describe } from 'vitest';
import type { EditionCode } from '../../../src/content/edition.ts';
import { idOf } from '../../../src/content/ids.ts';
import { articleStorePlansContract } from '../../contracts/article-store-plans.ts';
import { articleStoreContract, NOW } from '../../contracts/article-store.ts';
import { taxonomyStoreContract } from '../../contracts/taxonomy-store.ts';
import { openIndexed } from '../../support/indexed-under-test.ts';
import { databaseKinds } from '../../support/test-database.ts';

const idOfNamed = (of: 'tags' | 'authors', edition: EditionCode, slug: string): string =>
  (of === 'tags' ? idOf.tag : idOf.author)(edition, slug);

describe.each(databaseKinds)('createIndexedStores over %s', (kind) => {
  const open = async () => {
    const opened = await openIndexed(kind, NOW);
    // Of three editions: what is found, which stories it is, and the stories.
    return { ...opened, store: opened.articles, callsPerBatch: 9 };
  };
  articleStoreContract(open);
  articleStorePlansContract(open);

  taxonomyStoreContract(async () => {
    const opened = await openIndexed(kind, NOW);
    const { rigs } = opened;
    const slugs = new Map<string, readonly [EditionCode, string]>();
    return {
      ...opened,
      store: rigs.EN.stores.taxonomy,
      async writeSection({ edition = 'EN', ...section }) {
        rigs[edition].desk.putSection(section);
        await rigs[edition].indexer.lookAtTaxonomy();
      },
      async writeNamed(of, rows) {
        for (const { edition = 'EN', ...row } of rows) {
          rigs[edition].desk[of === 'tags' ? 'putTag' : 'putAuthor'](row);
          slugs.set(idOfNamed(of, edition, row.slug), [edition, row.slug]);
        }
        for (const { indexer } of Object.values(rigs)) await indexer.lookAtTaxonomy();
      },
      async rename(of, id, name) {
        const [edition, slug] = slugs.get(id) ?? ['EN', ''];
        rigs[edition].desk[of === 'tags' ? 'putTag' : 'putAuthor']({ slug, name });
        await rigs[edition].indexer.lookAtTaxonomy();
      },
      async writeLiveStream({ edition, startedAt, endedAt }) {
        const url = `https://live.example/${edition.toLowerCase()}`;
        rigs[edition].desk.setLive({ title: `Live ${edition}`, url, startedAt, endedAt });
        await rigs[edition].indexer.lookAtTaxonomy();
      },
    };
  });
});
