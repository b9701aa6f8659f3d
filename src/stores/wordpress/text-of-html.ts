import { Parser } from 'htmlparser2';

/** Elements inside a line of words; every other one ends the word before it. */
const INLINE_TAGS: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);
const SILENT_TAGS: ReadonlySet<string> = new Set('script style template noscript'.split(' '));

/** The words of `html` as one line: NFC, entities decoded, blanks (no-break ones too) collapsed and trimmed. */
export const textOfHtml = (html: string): string => {
  let words = '';
  let silence = 0;
  const step = (name: string, by: 1 | -1): void => {
    if (SILENT_TAGS.has(name)) silence += by;
    else if (!INLINE_TAGS.has(name)) words += ' ';
  };
  const parser = new Parser({
    onopentagname: (name) => step(name, 1),
    onclosetag: (name) => step(name, -1),
    ontext: (text) => {
      if (silence === 0) words += text;
    },
  });
  parser.end(html);
  return words.replace(/\s+/gu, ' ').trim().normalize('NFC');
};

/** The words of `html`; null for none. */
export const wordsOfHtml = (html: string): string | null => textOfHtml(html) || null;

/** What WordPress writes at the end of an excerpt it cut itself. */
const CUT = /\[…\]$/;

/**
 * The words of an excerpt that somebody wrote. Where nobody did, WordPress makes one of the beginning of the content, and
 * readers would meet their first paragraph twice: that is null.
 */
export const writtenExcerpt = (excerpt: string, content: string): string | null => {
  const words = textOfHtml(excerpt);
  if (words === '' || CUT.test(words)) return null;
  const bare = (text: string): string => text.replace(/\s+/gu, '');
  return bare(textOfHtml(content)).startsWith(bare(words)) ? null : words;
};
