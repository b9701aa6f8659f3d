import { FileError } from '../file-error.ts';
import { decodeHead, isUtf16 } from './decode-text.ts';

/** What an import file may be: items of IPTC ninjs, a feed (RSS, Atom, JSON Feed), or lines of our own documents. */
export const FORMATS = ['ninjs', 'feed', 'ndjson'] as const;
/** One of `FORMATS`. */
export type Format = (typeof FORMATS)[number];

/** What a file is, and how it is cut. */
export interface Recognised {
  readonly format: Format;
  /** Whether it is read line by line, or is one piece. */
  readonly layout: 'lines' | 'whole';
}

/** Bytes from which a file is recognised. */
export const HEAD_BYTES = 64 * 1024;

/** The keys of the first object in `text`, as far as it goes. */
const keysOf = (text: string): ReadonlySet<string> => {
  const keys = new Set<string>();
  let depth = 0;
  let outer: number | undefined;
  let last = '';
  // A text that is cut off is taken to its end, so that none is looked through twice.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|[{}[\]:]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '{') outer ??= depth;
    if (token === ':' && depth === outer) keys.add(last.slice(1, -1));
    if (token === '}' || token === ']') depth -= 1;
    if (outer !== undefined && depth < outer) break;
    last = token;
  }
  return keys;
};

/** A line that is a JSON object by itself. */
const isLine = (line: string): boolean => /^\{.*\}\s*$/s.test(line) && !/^\{\s*$/.test(line);

/** Whether more of a file would tell nothing more: it is no JSON, or its first line is an object. */
export const isTelling = (head: Uint8Array): boolean => {
  const text = decodeHead(head);
  const end = text.indexOf('\n');
  return /^[^{[]/.test(text) || (end !== -1 && isLine(text.slice(0, end)));
};

const JSON_FEED = /"version"\s*:\s*"https?:\/\/(?:www\.)?jsonfeed\.org\/version\//;

const layoutOf = (text: string, isWide: boolean): Recognised['layout'] => {
  if (!text.startsWith('{')) return 'whole';
  // Lines are cut as bytes, which only UTF-8 allows; a file of one line is read whole, whatever it is encoded in.
  if (isWide && isLine(text.slice(0, Math.max(0, text.indexOf('\n')))) && text.trimEnd().includes('\n'))
    throw new FileError('one item a line (NDJSON) is read as UTF-8, and this is UTF-16: convert it');
  if (isWide) return 'whole';
  const end = text.indexOf('\n');
  // A line longer than what was looked at is one all the same; an object over several lines begins with a short one.
  return end === -1 || isLine(text.slice(0, end)) ? 'lines' : 'whole';
};

/** Its `uri` may stand behind a long body: the others are the standard's alone. */
const NINJS_KEYS = ['uri', 'headlines', 'bodies', 'versionCreated', 'versioncreated', 'pubStatus', 'pubstatus'];

const SAY = 'say which with --format ninjs, feed or ndjson';

const recogniseJson = (text: string, isNamedNdjson: boolean): Format => {
  if (JSON_FEED.test(text)) return 'feed';
  const keys = keysOf(text);
  const isOurs = keys.has('sourceId') || keys.has('edition');
  const isNinjs = NINJS_KEYS.some((key) => keys.has(key));
  if (isOurs && isNinjs) throw new FileError(`it may be ninjs (it has a uri) or import documents (a sourceId): ${SAY}`);
  if (isOurs && text.startsWith('['))
    throw new FileError('a list of import documents: give one a line, without brackets and commas (NDJSON)');
  if (isNinjs) return 'ninjs';
  if (isOurs || isNamedNdjson) return 'ndjson';
  throw new FileError(
    `JSON, but neither ninjs (no uri), a JSON Feed (no version) nor import documents (no edition): ${SAY}`,
  );
};

/**
 * What a file is, by how it begins; by its name only where that says nothing.
 *
 * @param forced what whoever imports it says it is.
 * @throws {FileError} when it may be several things, or is JSON of none of them.
 */
export const recognise = (head: Uint8Array, fileName: string, forced?: Format): Recognised => {
  const text = decodeHead(head);
  const formatOf = (): Format => {
    if (text.startsWith('<')) return 'feed';
    if (!/^[{[]/.test(text)) return /\.(?:rss|atom|xml|rdf)$/i.test(fileName) ? 'feed' : 'ndjson';
    return recogniseJson(text, /\.(?:ndjson|jsonl)$/i.test(fileName));
  };
  const format = forced ?? formatOf();
  if (format === 'ndjson') return { format, layout: 'lines' };
  return { format, layout: format === 'ninjs' ? layoutOf(text, isUtf16(head)) : 'whole' };
};
