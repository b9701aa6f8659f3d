/** As an import document has them. */
const MAX_LETTERS = 2_000;

/** `raw` if a reader's browser may be sent there or fetch from there: an absolute http(s) address. Null: it may not. */
export const addressOf = (raw: string): string | null => {
  const address = raw.trim();
  const url = address.length > MAX_LETTERS ? null : URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  // What is well formed keeps its letters: an Arabic address stays readable.
  return /^https?:\/\/[^\s\\]+$/i.test(address) ? address.normalize('NFC') : url.href;
};
