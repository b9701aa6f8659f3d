// Everything but `Char` of XML 1.0, 2.2. With the flag `u` a pair of surrogates is one letter, so `\p{Cs}` is half of one.
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

/**
 * `text` without what XML 1.0 cannot carry, escaped or not: control characters, halves of surrogate pairs, U+FFFE and
 * U+FFFF. JSON could write them, and half of its readers would stumble: feeds of every format leave them out.
 */
export const cleanText = (text: string): string => text.replaceAll(UNWRITABLE, '');
