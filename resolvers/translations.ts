import type { EditionCode } from '../src/content/edition.ts';
import type { Context } from './context.ts';

interface Translatable {
  readonly edition: EditionCode;
  readonly translationGroup: string | null;
}

/**
 * The counterparts of `entity` in the other editions, in display order: an edition without one is left out, one whose
 * store failed is an error in its place.
 *
 * @param load gives the counterpart in one edition, null for none.
 */
export const loadTranslations = async <Entity>(
  { edition, translationGroup: group }: Translatable,
  { editions }: Context,
  load: (key: { readonly edition: EditionCode; readonly group: string }) => Promise<Entity | null>,
): Promise<readonly Entity[]> => {
  if (group === null) return [];
  const others = editions.all.filter(({ code }) => code !== edition);
  const found = await Promise.allSettled(others.map(({ code }) => load({ edition: code, group })));
  return found.flatMap((result) => {
    // graphql-js takes an Error among a list's values for that entry's failure.
    if (result.status === 'rejected') return [result.reason as Entity];
    return result.value === null ? [] : [result.value];
  });
};
