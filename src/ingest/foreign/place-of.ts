/** Where `index` is in `text`, as editors count: `line 3, column 14`. */
export const placeOf = (text: string, index: number): string => {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < index; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return `line ${line}, column ${index - start + 1}`;
};
