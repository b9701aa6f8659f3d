import { cleanText } from './clean-text.ts';

/** Markup that is written already: nothing else goes into a document unescaped. */
export interface Xml {
  readonly markup: string;
}

/** Text is escaped; null is left out. */
export type XmlChild = Xml | string | null;

/** In order; null is left out. */
export type XmlAttributes = Readonly<Record<string, string | number | null>>;

// As the RSS Advisory Board recommends: a reader that decodes once too often still finds no markup in `&#x3C;`.
const TEXT_ESCAPES: Readonly<Record<string, string>> = { '&': '&#x26;', '<': '&#x3C;', '>': '&#x3E;', '\r': '&#xD;' };
// White space in a value would be read as spaces: XML 1.0, 3.3.3.
const VALUE_ESCAPES: Readonly<Record<string, string>> = {
  ...TEXT_ESCAPES,
  '"': '&#x22;',
  '\t': '&#x9;',
  '\n': '&#xA;',
};

const escapeText = (text: string): string =>
  cleanText(text).replaceAll(/[&<>\r]/g, (letter) => TEXT_ESCAPES[letter] ?? letter);
const escapeValue = (text: string): string =>
  cleanText(text).replaceAll(/[&<>"\r\n\t]/g, (letter) => VALUE_ESCAPES[letter] ?? letter);

const writeAttribute = ([name, value]: readonly [string, string | number | null]): string =>
  value === null ? '' : ` ${name}="${escapeValue(String(value))}"`;

/** `text` between a start and an end that need no escapes: for markup of another kind, such as HTML. */
export const cdata = (text: string): Xml => ({
  // The end must not stand in it: it is cut there, and two sections are read as one text.
  markup: `<![CDATA[${cleanText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
});

/** One element. Names are written as they are: they are the program's, never content's. */
export const element = (name: string, attributes: XmlAttributes, ...children: readonly XmlChild[]): Xml => {
  const start = name + Object.entries(attributes).map(writeAttribute).join('');
  const inner = children
    .map((child) => (child === null ? '' : typeof child === 'string' ? escapeText(child) : child.markup))
    .join('');
  return { markup: inner === '' ? `<${start}/>` : `<${start}>${inner}</${name}>` };
};

/** An element of nothing but text; null: none for no text. */
export const textElement = (name: string, text: string | null, attributes: XmlAttributes = {}): Xml | null =>
  text === null ? null : element(name, attributes, text);

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole document, in UTF-8. */
export const writeXml = (root: Xml): string => `${XML_DECLARATION}${root.markup}\n`;
