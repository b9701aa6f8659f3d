import type { JsonField } from '../foreign/json-item.ts';
import { htmlOfText, shorten, textOfHtml } from '../foreign/words.ts';
import { nameCut } from './ninjs-values.ts';

/** One of several wordings of a headline, description or body. */
export interface NinjsText {
  /** In small letters; empty: it says none. */
  readonly role: string;
  readonly isHtml: boolean;
  /** Markup that is neither HTML nor plain text: NITF. */
  readonly isForeign: boolean;
  readonly value: JsonField;
  /** Notes the fields that say which wording this is. */
  readonly noteRole: () => void;
}

const HTML_TYPE = /html/i;
const PLAIN_TYPE = /^text\/plain|^$/i;
const HTML_ROLE = /^(?:x?html5?|richtext)$/;
const BEGINS_WITH_TAG = /^\s*<(?:!doctype|html|body|article|section|div|p|h[1-6]|figure|ul|ol|blockquote|table)\b/i;

const describe = (value: JsonField, role: string, contentType: string): Omit<NinjsText, 'noteRole'> => {
  const isUntold = contentType === '' && !HTML_ROLE.test(role);
  const isHtml =
    HTML_TYPE.test(contentType) ||
    (contentType === '' && HTML_ROLE.test(role)) ||
    (isUntold && BEGINS_WITH_TAG.test(value.text()?.slice(0, 200) ?? ''));
  return { role, isHtml, isForeign: !isHtml && !PLAIN_TYPE.test(contentType), value };
};

/** The wordings that stand under `plural` as in ninjs 2 and 3, or under keys that begin with `singular` as in ninjs 1. */
export const readTexts = (item: JsonField, plural: string, singular: string): readonly NinjsText[] => {
  const listed = item
    .get(plural)
    .members()
    .map((one): NinjsText => {
      const role = one.get('role').text() ?? '';
      const contentType = one.get('contentType').text() ?? '';
      const noteRole = (): void => {
        for (const field of [one.get('role'), one.get('contentType')]) field.take(`which of the ${plural}`);
      };
      return { ...describe(one.get('value'), role.trim().toLowerCase(), contentType.trim()), noteRole };
    });
  const keyed = item
    .members()
    .filter(({ key }) => key === singular || key.startsWith(`${singular}_`))
    .map((value): NinjsText => ({
      ...describe(value, value.key.slice(singular.length + 1), ''),
      noteRole: () => undefined,
    }));
  return [...listed, ...keyed].filter(({ value }) => value.text() !== undefined);
};

/** The first of `texts` with one of `roles`, in the order of the roles; undefined when none has. */
export const pickByRole = (texts: readonly NinjsText[], roles: readonly string[]): NinjsText | undefined => {
  for (const role of roles) {
    const found = texts.find((text) => text.role === role && !text.isForeign);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The words of `text` in one line, cut when they are longer than `limit`; notes that they became `target`. */
export const takeLine = (text: NinjsText, target: string, limit = Infinity): string => {
  text.noteRole();
  const value = text.value.text() ?? '';
  const line = text.isHtml ? textOfHtml(value) : value;
  const short = limit === Infinity ? line : shorten(line, limit);
  text.value.take(nameCut(line, short, target));
  return short;
};

/** The body among `texts` as HTML, which keeps most: HTML before plain text; undefined when there is neither. */
export const takeBody = (texts: readonly NinjsText[]): string | undefined => {
  const body = texts.find(({ isHtml }) => isHtml) ?? texts.find(({ isForeign }) => !isForeign);
  if (body === undefined) return undefined;
  body.noteRole();
  const value = body.value.take('html') ?? '';
  return body.isHtml ? value : htmlOfText(value);
};
