import type { GraphQLResolveInfo } from 'graphql';
import type { Pieces } from './written.ts';

/** A place of the result that is being filled; linked to the one around it, so that it also is a `Path` of graphql-js. */
export interface Slot {
  readonly prev: Slot | undefined;
  readonly key: string | number;
  /** Of the type whose field it is; undefined: an entry of a list. */
  readonly typename: string | undefined;
  /** Of the object or list that it lies in, and where among them. */
  readonly pieces: Pieces;
  readonly index: number;
  /** Whether null may stand here: an error below that nothing else stops, stops here. */
  readonly isNullable: boolean;
  /** Null was put here for an error: what still fails below is part of the same loss. */
  isLost: boolean;
}

/** Response keys and places in lists, from the root to `slot`. */
export const pathOf = (slot: GraphQLResolveInfo['path'] | undefined): readonly (string | number)[] => {
  const path: (string | number)[] = [];
  for (let place = slot; place !== undefined; place = place.prev) path.push(place.key);
  return path.toReversed();
};

/** The first of `slot` and those around it where null may stand; undefined: nowhere, all data is lost. */
export const findNullable = (slot: Slot | undefined): Slot | undefined => {
  let place = slot;
  while (place !== undefined && !place.isNullable) place = place.prev;
  return place;
};

/** Whether null was put at `slot` or around it. */
export const isWithinLoss = (slot: Slot | undefined): boolean => {
  for (let place = slot; place !== undefined; place = place.prev) if (place.isLost) return true;
  return false;
};
