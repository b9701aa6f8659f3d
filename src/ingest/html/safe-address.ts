/** What browsers drop from an address before they read it: https://url.spec.whatwg.org/#url-parsing, steps 1 to 3. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const IGNORED = /^[\u0000-\u0020]+|[\u0000-\u0020]+$|[\t\n\r]/g;

/** What browsers and servers agree on; longer ones are no addresses of pages. */
const MAX_ADDRESS_LETTERS = 8_000;

/** An address as a browser would write it, when its scheme is among `schemes` or it begins with exactly one slash. */
const pickAddress = (raw: string, schemes: RegExp): string | null => {
  if (raw.length > MAX_ADDRESS_LETTERS) return null;
  const address = raw.replace(IGNORED, '').normalize('NFC');
  // Browsers read `\` as `/`, so `/\host` leads to another host.
  if (address.startsWith('/')) return /^\/[/\\]/.test(address) ? null : address.replaceAll('\\', '/');
  const parsed = URL.parse(address);
  if (parsed === null || !schemes.test(parsed.protocol)) return null;
  // What is well formed keeps its letters: an Arabic address stays readable.
  return /^https?:\/\/[^\s\\]+$/i.test(address) ? address : parsed.href;
};

/** `raw` if it may stand in a link: http, https, mailto, or a path that begins with one slash. Null: it may not. */
export const pickLinkAddress = (raw: string): string | null => pickAddress(raw, /^(?:https?|mailto):$/);

/** `raw` if a picture, sound or film may be fetched from it: http, https, or a path that begins with one slash. */
export const pickMediaAddress = (raw: string): string | null => pickAddress(raw, /^https?:$/);
