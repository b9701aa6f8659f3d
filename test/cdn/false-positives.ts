import { fileURLToPath } from 'node:url';
import { purgeKeysOf, surrogateKeysOf } from '../../src/cdn/surrogate-keys.ts';
import type { CacheTag } from '../../src/content/tags.ts';

/** What an answer with so many tags costs and how exactly it is purged. */
export interface Exactness {
  readonly tags: number;
  readonly bytes: number;
  readonly keys: number;
  /** Letters of a key; 0: the edition's key. */
  readonly letters: number;
  /** Share of changes of one tag the answer did not read that end it all the same. */
  readonly perTag: number;
  /** The same for changes of twelve tags, as an article's are. */
  readonly perArticle: number;
}

const TAGS_PER_ARTICLE = 12;

/** Tags as 500 articles and what hangs on them have: ids that are alike but for twenty letters. */
export const manyTags = (count: number, prefix: string): CacheTag[] =>
  Array.from({ length: count }, (_, index) => `article:art_en_${prefix}${index}` as CacheTag);

/** Counts false positives of an answer that read `count` tags over `changes` tags it did not read. */
export const measureExactness = (count: number, changes: number): Exactness => {
  const header = surrogateKeysOf(manyTags(count, 'read'));
  const keys = new Set(header.split(' '));
  const others = manyTags(changes, 'other').map((tag) => purgeKeysOf(tag).some((key) => keys.has(key)));
  const articles = Array.from({ length: Math.floor(changes / TAGS_PER_ARTICLE) }, (_, index) =>
    others.slice(index * TAGS_PER_ARTICLE, (index + 1) * TAGS_PER_ARTICLE).some(Boolean),
  );
  const share = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length;
  const plain = [...keys].filter((key) => !key.includes(':'));
  return {
    tags: count,
    bytes: Buffer.byteLength(header),
    keys: keys.size,
    letters: plain[0]?.length ?? 0,
    perTag: share(others),
    perArticle: share(articles),
  };
};

// `node test/cdn/false-positives.ts [changes]` prints the table.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const changes = Number(process.argv[2] ?? 200_000);
  console.table(
    [10, 100, 500, 700, 1_000, 1_150, 1_500, 1_600, 1_900, 2_000, 2_500, 3_000, 4_000, 5_000, 10_000].map((count) =>
      measureExactness(count, changes),
    ),
  );
}
