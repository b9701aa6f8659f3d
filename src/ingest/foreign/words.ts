import { createHash } from 'node:crypto';
import { readDom } from '../html/read-dom.ts';
import { textOf } from '../html/text-of.ts';
import { escapeHtml } from '../html/write-html.ts';

/** Letters, digits and hyphens of `text` in any script, NFC, at most `limit` letters, cut between words. */
export const slugOfWords = (text: string, limit = 100): string => {
  let slug = '';
  // The words that can stand in it; a text may be long.
  for (const [word] of text
    .slice(0, limit * 4)
    .normalize('NFC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > limit) return slug === '' ? word.slice(0, limit).toWellFormed().replaceAll('\ufffd', '') : slug;
    slug = longer;
  }
  return slug;
};

/** Six letters that tell `key` from others with the same words. */
export const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 6);

/**
 * The slug of an article of others: the words it is given, and a mark of what its source calls it. So two stories of one
 * headline have two, and an import made again gives the same.
 */
export const articleSlug = (words: string, source: string, sourceId: string): string =>
  [slugOfWords(words), digestOf(JSON.stringify([source, sourceId]))].filter(Boolean).join('-');

const MAX_SOURCE_ID_LETTERS = 300;

/** What the source calls a story, as an import line may hold it: what is too long is named by its digest. */
export const sourceIdOf = (id: string): string =>
  id.length <= MAX_SOURCE_ID_LETTERS ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;

/** The words of `html` in one line, entities decoded once. */
export const textOfHtml = (html: string): string => textOf(readDom(html));

/** Plain text as HTML: paragraphs between empty lines, or else lines. */
export const htmlOfText = (text: string): string => {
  const lines = text.replace(/\r\n?/g, '\n').trim();
  const paragraphs = /\n[^\S\n]*\n/.test(lines) ? lines.split(/\n(?:[^\S\n]*\n)+/) : lines.split('\n');
  return paragraphs
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
};

/** `text` when it is no longer than `limit`; else its beginning, cut between words, and an ellipsis. */
export const shorten = (text: string, limit: number): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= limit) return line;
  const beginning = line
    .slice(0, limit - 1)
    .toWellFormed()
    .replaceAll('\ufffd', '');
  const end = beginning.lastIndexOf(' ');
  return `${end > limit / 2 ? beginning.slice(0, end) : beginning}…`;
};
