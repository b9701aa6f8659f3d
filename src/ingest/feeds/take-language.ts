import { languageOf } from '../foreign/pick-edition.ts';
import { childrenOf, wordsOf, type XmlElement } from './xml-element.ts';
import type { XmlItem } from './xml-item.ts';

/** Elements that say the language of what they stand in. */
const LANGUAGES = ['dc:language', 'language'] as const;

const toldIn = (element: XmlElement): XmlElement | undefined =>
  LANGUAGES.flatMap((name) => childrenOf(element, name)).find((one) => languageOf(wordsOf(one)) !== undefined);

/** Whether `element`, or what is around it, says its language so that it can be read. */
export const isLanguageTold = (element: XmlElement): boolean =>
  element.language !== undefined || toldIn(element) !== undefined;

/** The language `element` says that it is in; undefined where it says none, or none that can be read. */
export const takeLanguage = (element: XmlElement, notes: XmlItem): string | undefined => {
  const told = notes.take(toldIn(element), 'language');
  if (told !== undefined) return told;
  const isOwn = languageOf(element.attributes.get('xml:lang') ?? '') !== undefined;
  if (isOwn) notes.takeAttribute(element, 'xml:lang', 'language');
  return element.language;
};
