const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The first `limit` code units of `text` at most, cut where a reader sees the end of a letter: never between a letter and
 * its marks, in a joined emoji, or in half of a surrogate pair. Empty when the first letter alone is longer.
 */
export const cutGraphemes = (text: string, limit: number): string =>
  text.length <= limit ? text : text.slice(0, graphemes.segment(text).containing(limit)?.index ?? limit);
