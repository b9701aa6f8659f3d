import type { EditionCode } from '../content/edition.ts';
import type { NewsroomSettings } from './newsroom-schema.ts';
import { MAIN_STORE, type Store } from './stores.ts';

const areOne = (editions: readonly EditionCode[]): editions is readonly [EditionCode] => editions.length === 1;

/**
 * The stores of `settings`, each with its editions: the gateway's own database first, whether or not it holds one.
 *
 * @throws {TypeError} for what `findRoutingProblems` has something to say of.
 */
export const mapStores = ({ stores, editions }: NewsroomSettings): readonly Store[] => {
  const heldBy = (name: string): readonly EditionCode[] =>
    editions.filter(({ store = MAIN_STORE }) => store === name).map(({ code }) => code);
  const others = Object.entries(stores).map(([name, setting]): Store => {
    const held = heldBy(name);
    if (setting.kind === 'postgres') return { ...setting, name, editions: held };
    if (!areOne(held)) throw new TypeError(`The store ${name} holds ${held.length} editions: it holds one`);
    return { ...setting, name, editions: held, source: setting.source ?? name };
  });
  return [{ kind: 'main', name: MAIN_STORE, editions: heldBy(MAIN_STORE) }, ...others];
};
