import type { ArticleId } from '../content/ids.ts';
import type { EditionCode } from '../content/edition.ts';
import { spellingKey } from '../content/spelling.ts';
import type { TombstoneOrder, Tombstones } from '../content/tombstones.ts';

type Lay = Extract<TombstoneOrder, { order: 'lay' }>;

/** The tombstones as one process knows them. */
export interface TombstoneRegister extends Tombstones {
  carryOut(order: TombstoneOrder): void;
  /** Exactly these lie from now on. */
  replace(lying: readonly Lay[]): void;
}

/** No tombstones yet. */
export const createTombstoneRegister = (): TombstoneRegister => {
  const lying = new Map<ArticleId, Lay>();
  // Several articles may have stood at one address.
  const places = new Map<string, Set<ArticleId>>();
  /** Asked for by every count: put together when somebody does. */
  let byEdition: ReadonlyMap<EditionCode, readonly ArticleId[]> | undefined;
  const idsByEdition = (): ReadonlyMap<EditionCode, readonly ArticleId[]> => {
    const stones = Map.groupBy(lying.values(), ({ edition }) => edition);
    return new Map([...stones].map(([edition, own]) => [edition, own.map(({ articleId }) => articleId)]));
  };

  /** In any spelling: what was taken down must not come back under another. */
  const placeOf = (form: 'slug' | 'path', edition: EditionCode, value: string): string =>
    `${form}:${edition}:${spellingKey(value)}`;
  const placesOf = ({ edition, slugs, paths }: Lay): readonly string[] => [
    ...slugs.map((slug) => placeOf('slug', edition, slug)),
    ...paths.map((path) => placeOf('path', edition, path)),
  ];
  const lift = (id: ArticleId): void => {
    const stone = lying.get(id);
    if (stone === undefined) return;
    lying.delete(id);
    byEdition = undefined;
    for (const place of placesOf(stone)) {
      const ids = places.get(place);
      ids?.delete(id);
      if (ids?.size === 0) places.delete(place);
    }
  };
  const lay = (stone: Lay): void => {
    lift(stone.articleId);
    lying.set(stone.articleId, stone);
    byEdition = undefined;
    for (const place of placesOf(stone)) {
      const ids = places.get(place) ?? new Set();
      places.set(place, ids.add(stone.articleId));
    }
  };

  return {
    carryOut: (order) => (order.order === 'lay' ? lay(order) : lift(order.articleId)),
    replace(stones) {
      lying.clear();
      byEdition = undefined;
      places.clear();
      stones.forEach(lay);
    },
    hidesId: (id) => lying.has(id),
    hidesSlug: (edition, slug) => places.has(placeOf('slug', edition, slug)),
    hidesPath: (edition, path) => places.has(placeOf('path', edition, path)),
    of: (edition) => (byEdition ??= idsByEdition()).get(edition) ?? [],
    size: () => lying.size,
  };
};
