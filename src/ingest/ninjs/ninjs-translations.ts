import type { JsonField } from '../foreign/json-item.ts';
import { sourceIdOf } from '../foreign/words.ts';

const IS_TRANSLATION = /translat/i;
const IS_GROUP = /^translation-?group$/i;
const MAX_GROUP_LETTERS = 200;

const groupOf = (id: string): string => (id.length <= MAX_GROUP_LETTERS ? id : sourceIdOf(id.padEnd(301)));

/**
 * What ties the item to its translations: an alternative id that says so, or the first, in the order of letters, of its
 * own id and those of the items associated as translations. Where each version names the others, all come to the same.
 */
export const takeTranslationGroup = (item: JsonField): string | undefined => {
  for (const altId of item.get('altIds').members()) {
    if (!IS_GROUP.test(altId.get('role').text()?.trim() ?? '')) continue;
    altId.get('role').take('translationGroup');
    const group = altId.get('value').take('translationGroup');
    if (group !== undefined) return groupOf(group.trim());
  }
  const translations = item
    .get('associations')
    .members()
    .filter((one) => IS_TRANSLATION.test(one.get('rel').text() ?? '') && one.get('uri').text() !== undefined);
  if (translations.length === 0) return undefined;
  for (const one of translations) one.get('rel').take('translationGroup');
  const ids = [
    item.get('uri').text() ?? '',
    ...translations.map((one) => one.get('uri').take('translationGroup') ?? ''),
  ];
  return groupOf(ids.map((id) => id.trim()).toSorted()[0] ?? '');
};
