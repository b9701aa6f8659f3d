/** The first `limit` code units of `text` at most, without half of a letter that takes two. */
export const cutLetters = (text: string, limit: number): string =>
  text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
