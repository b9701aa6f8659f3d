const decodeRun = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
};

/** `text` with every run of percent-escapes that is UTF-8 decoded; anything else stays as it is. */
const decodePercent = (text: string): string => text.replaceAll(/(?:%[0-9a-f]{2})+/gi, decodeRun);

/** The form in which slugs are stored: decoded, NFC, otherwise as it was written. They are found by their `spellingKey`. */
export const normaliseSlug = (text: string): string => decodePercent(text.trim()).normalize('NFC');

/** The form in which paths are stored: decoded, NFC, without outer or double slashes. Found by their `spellingKey` too. */
export const normalisePath = (text: string): string =>
  text
    .split('/')
    .map(normaliseSlug)
    .filter((step) => step !== '')
    .join('/');

/** Letters that stand in an address as they are. */
const PLAIN_PATH = /^[\w./~-]*$/;

/** `path` as it stands in an address: every step percent-encoded. */
export const encodePath = (path: string): string =>
  PLAIN_PATH.test(path) ? path : path.split('/').map(encodeURIComponent).join('/');

/** An address's host and path: no scheme, query, fragment, outer slash; decoded, NFC. Null: no address. */
export const parseAddress = (url: string): { readonly host: string; readonly path: string } | null => {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null;
  return { host: parsed.host, path: normalisePath(parsed.pathname) };
};
