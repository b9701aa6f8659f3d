import { textOfHtml } from '../foreign/words.ts';
import { MAX_WRITTEN_NAME } from './feed-authors.ts';

/** What is markup in a title; other tags in one are what it speaks of. */
const INLINE_TAGS =
  'a abbr acronym b bdi bdo big br cite code del dfn em font i img ins kbd mark nobr q s samp small span strike strong ' +
  'sub sup tt u var wbr';
const NOT_MARKUP = new RegExp(`<(?!/?(?:${INLINE_TAGS.replaceAll(' ', '|')})(?:\\s[^<>]*)?/?>)`, 'gi');

/** The words of a title of RSS: text that may hold HTML. `<script>` in one is a word, `<b>` is none. */
export const textOfTitle = (html: string): string => textOfHtml(html.replace(NOT_MARKUP, '&lt;'));

/** What is between the first `open` in `text` and the `close` behind it, and what is around them. */
const cutOut = (
  text: string,
  open: string,
  close: string,
): { readonly inner: string; readonly outer: string } | null => {
  const start = text.indexOf(open);
  const end = start === -1 ? -1 : text.indexOf(close, start);
  if (end === -1) return null;
  return { inner: text.slice(start + 1, end).trim(), outer: `${text.slice(0, start)} ${text.slice(end + 1)}`.trim() };
};

const isMailAddress = (text: string): boolean => text.includes('@') && !/\s/.test(text);

/**
 * The name in `mail@host (Name)` or `Name <mail@host>`, decoded as a title is; undefined: a bare address names nobody, and
 * what has more than 500 letters is no name.
 */
export const personOf = (text: string): string | undefined => {
  const written = text.trim();
  if (written.length > MAX_WRITTEN_NAME) return undefined;
  const bracketed = written.endsWith(')') ? cutOut(written, '(', ')') : null;
  if (bracketed !== null && isMailAddress(bracketed.outer)) return textOfTitle(bracketed.inner) || undefined;
  const angled = cutOut(written, '<', '>');
  const name = angled !== null && isMailAddress(angled.inner) ? angled.outer : written;
  return name === '' || isMailAddress(name) ? undefined : textOfTitle(name) || undefined;
};

/** `html` of a body; words without a tag are paragraphs between empty lines. */
export const withParagraphs = (html: string): string => {
  if (/<[a-z/!]/i.test(html)) return html;
  const paragraphs = html
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  return paragraphs.length < 2 ? html : paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
};
