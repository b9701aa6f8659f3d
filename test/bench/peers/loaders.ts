import DataLoader from 'dataloader';
import type { ArticleRow, Block, NamedRow } from './rows.ts';
import { findBodies, findNamed, findRelated } from './statements.ts';

/** What resolvers read through, one set for each request. */
export interface Loaders {
  readonly sections: DataLoader<string, NamedRow | null>;
  readonly authors: DataLoader<string, NamedRow | null>;
  readonly tags: DataLoader<string, NamedRow | null>;
  readonly bodies: DataLoader<string, readonly Block[]>;
  readonly related: DataLoader<{ readonly id: string; readonly limit: number }, readonly ArticleRow[], string>;
}

const named = (table: 'sections' | 'authors' | 'tags'): DataLoader<string, NamedRow | null> =>
  new DataLoader(async (ids) => {
    const rows = new Map((await findNamed(table, ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });

/** Loaders that have read nothing yet. */
export const createLoaders = (): Loaders => ({
  sections: named('sections'),
  authors: named('authors'),
  tags: named('tags'),
  bodies: new DataLoader(async (ids) => {
    const bodies = new Map((await findBodies(ids)).map(({ id, body }) => [id, body]));
    return ids.map((id) => bodies.get(id) ?? []);
  }),
  related: new DataLoader(
    async (requests) => {
      const limit = Math.max(...requests.map((request) => request.limit));
      const rows = Map.groupBy(
        await findRelated(
          requests.map(({ id }) => id),
          limit,
        ),
        (row) => row.subject_id,
      );
      return requests.map((request) => (rows.get(request.id) ?? []).slice(0, request.limit));
    },
    { cacheKeyFn: ({ id, limit }) => `${limit} ${id}` },
  ),
});
