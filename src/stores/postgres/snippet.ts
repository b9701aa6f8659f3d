/** Letters of nobody's alphabet that stand for `<mark>` and `</mark>` until the text between them is escaped. */
const START = '\uE000';
const STOP = '\uE001';

/** Options of `ts_headline`: up to two passages of some thirty words, matches between the sentinels. */
export const HEADLINE_OPTIONS = `StartSel=${START}, StopSel=${STOP}, MaxFragments=2, MaxWords=30, MinWords=12, FragmentDelimiter=" … "`;

/** SQL for the text of `expression` without letters that would be taken for ours. */
export const withoutSentinelsSql = (expression: string): string => `translate(${expression}, '${START}${STOP}', '')`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  [START]: '<mark>',
  [STOP]: '</mark>',
};

/** A passage as HTML: escaped text, matches in `<mark>`; null for an empty one. */
export const renderSnippet = (passage: string | null): string | null => {
  const text = passage?.replaceAll(/\s+/g, ' ').trim() ?? '';
  return text === '' ? null : text.replaceAll(/[&<>"'\uE000\uE001]/g, (letter) => ESCAPES[letter] ?? letter);
};
