import { LineError } from '../line-error.ts';
import type { Draft } from './placing.ts';
import { sourceIdOf } from './words.ts';

/** Remembers the stories of one file. */
export interface Register {
  /**
   * What `take` gives, remembered as item `number`.
   *
   * @throws {LineError} when that story was taken from an earlier item: which of the two is meant, nobody can tell.
   */
  once<Taken>(story: Pick<Draft, 'edition' | 'id'>, number: number, take: () => Taken): Taken;
}

/** A register without entries. */
export const createRegister = (): Register => {
  const numbers = new Map<string, number>();
  return {
    once({ edition, id }, number, take) {
      const key = `${edition.code} ${sourceIdOf(id)}`;
      const earlier = numbers.get(key);
      if (earlier !== undefined)
        throw new LineError(`its id "${id.slice(0, 100)}" is that of item ${earlier}, which was taken`);
      const taken = take();
      numbers.set(key, number);
      return taken;
    },
  };
};
