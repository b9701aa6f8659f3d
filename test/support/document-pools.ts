import type { Edition, EditionCode } from '../../src/content/edition.ts';
import type { Database } from '../../src/database/database.ts';

/** Values for every variable a document may take. */
export type Pool = Readonly<Record<string, readonly unknown[]>>;

/** A pool of each edition. */
export type Pools = ReadonlyMap<EditionCode, Pool>;

/** What `database` holds of each edition, as values of variables; an article among them that does not exist. */
export const readPools = async (database: Database, editions: readonly Edition[]): Promise<Pools> => {
  const column = async (text: string, edition: EditionCode): Promise<readonly string[]> =>
    (await database.query<{ value: string }>(text, [edition])).map(({ value }) => value);
  const pools = new Map<EditionCode, Pool>();
  for (const { code, url } of editions) {
    const ids = await column('SELECT id AS value FROM articles WHERE edition = $1 ORDER BY id', code);
    const paths = await column('SELECT path AS value FROM articles WHERE edition = $1 ORDER BY id', code);
    pools.set(code, {
      yes: [true, false],
      edition: [code],
      articleId: [...ids, 'art_en_00000000000000000000'],
      ids: ids.map((id, place) => [id, ids[(place + 1) % ids.length]]),
      url: paths.map((path) => `${url.replace(/\/$/, '')}/${path}`),
      articleSlug: await column('SELECT slug AS value FROM articles WHERE edition = $1 ORDER BY id', code),
      sectionPath: await column('SELECT path AS value FROM sections WHERE edition = $1 ORDER BY id', code),
      tagSlug: await column('SELECT slug AS value FROM tags WHERE edition = $1 ORDER BY id', code),
      authorSlug: await column('SELECT slug AS value FROM authors WHERE edition = $1 ORDER BY id', code),
      words: ['grain', 'القمح', 'cereales', 'port'],
    });
  }
  return pools;
};
