import { cutGraphemes } from '../../content/graphemes.ts';
import { pairBidi } from '../../content/pair-bidi.ts';
import { analyse, type SearchLanguage } from '../../search/analyse.ts';
import { findMatches } from '../../search/find-matches.ts';
import type { ParsedQuery } from '../../search/parse-query.ts';
import { pickPassages } from '../../search/pick-passages.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

/** Letters of nobody's alphabet, and signs that no page should be sent. */
const UNSHOWN = /[\p{Co}\p{Cs}\p{Cc}]/gu;

/**
 * What matched, as HTML: up to two passages of some thirty words of escaped text, the words of the text that answer the
 * query in `<mark>`, in whatever form they stand there. The beginning where nothing matches; null where there is no text.
 */
export const renderSnippet = (language: SearchLanguage, query: ParsedQuery, source: string | null): string | null => {
  const text = source?.replaceAll(/\s+/g, ' ').replaceAll(UNSHOWN, '').trim() ?? '';
  if (text === '') return null;
  const words = analyse(language, text);
  const matches = findMatches(words, query.choices.flat());
  const marked = new Set(
    matches.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at)),
  );
  const passages = pickPassages(matches, words.length).map(({ first, last }) => {
    const from = first === 0 ? 0 : (words[first]?.start ?? 0);
    const to = words[last + 1]?.start ?? text.length;
    let left = MAX_PASSAGE_LETTERS;
    /** What of the text between two places there is room for. */
    const take = (start: number, end: number): string => {
      const piece = text.slice(start, end);
      const taken = cutGraphemes(piece, left);
      // Where a piece did not fit there is room for nothing behind it.
      left = taken.length < piece.length ? 0 : left - taken.length;
      return escape(taken);
    };
    let html = '';
    let at = from;
    for (let index = first; index <= last; index += 1) {
      const word = words[index];
      if (word === undefined || !marked.has(index)) continue;
      html += take(at, word.start);
      if (left > 0) html += `<mark>${take(word.start, word.end)}</mark>`;
      at = word.end;
    }
    return pairBidi(html + take(at, to)).trim();
  });
  return passages.length === 0 ? pairBidi(escape(cutGraphemes(text, MAX_WORDLESS_LETTERS))) : passages.join(' … ');
};

/** Of some thirty words, twice as long as they mostly are. */
const MAX_PASSAGE_LETTERS = 500;
/** Of a text of signs alone. */
const MAX_WORDLESS_LETTERS = 200;
