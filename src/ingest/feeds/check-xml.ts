import { FileError } from '../file-error.ts';
import { placeOf } from '../foreign/place-of.ts';

/** Deeper ones are refused: feeds are five deep, and markup within them seldom twenty. */
export const MAX_XML_DEPTH = 200;
/** Elements, attributes and whatever else is an object in memory, many times its size in the file. */
const MAX_PARTS = 500_000;
const MAX_ATTRIBUTES = 1_000;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_A_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const INSTRUCTION = '<?';

/** What may stand where a `<` stands, and what ends it; a tag itself ends at the first `>` outside quotes. */
const SPANS = [
  ['<!--', '-->', 'a comment'],
  ['<![CDATA[', ']]>', 'a CDATA section'],
  [INSTRUCTION, '?>', 'a processing instruction'],
] as const;

/** An XML text that was looked through. */
export interface CheckedXml {
  /** Of the same length and lines, without processing instructions and the XML declaration. */
  readonly text: string;
  /** How many elements stand in it. */
  readonly elements: number;
}

const fail = (text: string, index: number, reason: string): never => {
  throw new FileError(`${placeOf(text, index)}: ${reason}`);
};

const nameAt = (text: string, index: number): string =>
  /[^\s/><?]{1,40}/.exec(text.slice(index, index + 60))?.[0] ?? '';

const quoteOf = (code: number): '"' | "'" | undefined => {
  if (code === 0x22) return '"';
  return code === 0x27 ? "'" : undefined;
};

/** Where the tag that begins at `start` ends, and how many quoted values it has. */
const endOfTag = (text: string, start: number): { readonly end: number; readonly values: number } => {
  let values = 0;
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x3e) return { end: index, values };
    const quote = quoteOf(code);
    if (quote === undefined) continue;
    values += 1;
    if (values > MAX_ATTRIBUTES) break;
    index = text.indexOf(quote, index + 1);
    if (index === -1) break;
  }
  if (values > MAX_ATTRIBUTES) fail(text, start, `an element with more than ${MAX_ATTRIBUTES} attributes`);
  return fail(text, start, 'a tag that does not end: the file is cut off, or a quote is missing');
};

const refuseDeclaration = (text: string, index: number): never => {
  if (/^<!doctype\s+html\b/i.test(text.slice(index, index + 40))) fail(text, index, 'an HTML page, not a feed');
  return fail(
    text,
    index,
    'a document type (DTD), which is refused: entities declared in one can fill a memory or read other files',
  );
};

/** Whether XML 1.0 knows the character: https://www.w3.org/TR/xml/#charsets */
const isCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/** Looks through references to characters by number, in what lies between the sections where they are none. */
const createReferenceCheck = (text: string): ((from: number, to: number) => void) => {
  let next = text.indexOf('&#');
  return (from, to) => {
    for (; next !== -1 && next < to; next = text.indexOf('&#', next + 2)) {
      if (next < from) continue;
      const [reference, hex, decimal] = /^&#(?:x([0-9a-f]{1,8})|(\d{1,9}));/i.exec(text.slice(next, next + 13)) ?? [];
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (reference === undefined || !isCharacter(code))
        fail(text, next, `${reference ?? '&#'} stands for no character that XML knows`);
    }
  };
};

const blanksFor = (instruction: string): string => instruction.replace(/[^\n]/g, ' ');

/**
 * Looks through an XML text for what must not reach a parser: document types, characters that XML does not know, nesting
 * without end, more parts than fit, a file that was cut off. Takes a time that grows with its length alone.
 *
 * @returns the text as a parser may have it: some read quotes in a processing instruction, `<?gen don't?>`, and with them
 *   everything up to the next one.
 * @throws {FileError} with the place.
 */
export const checkXml = (text: string): CheckedXml => {
  const odd = text.search(NOT_A_CHARACTER);
  if (odd !== -1) {
    const code = text.charCodeAt(odd).toString(16).toUpperCase().padStart(4, '0');
    fail(text, odd, `the character U+${code}, which XML does not know`);
  }
  const checkReferences = createReferenceCheck(text);
  const open: number[] = [];
  const kept: string[] = [];
  let parts = 0;
  let elements = 0;
  let from = 0;
  let keptTo = 0;
  for (let index = text.indexOf('<'); index !== -1; index = text.indexOf('<', from)) {
    parts += 1;
    if (parts > MAX_PARTS) fail(text, index, `more than ${MAX_PARTS.toLocaleString('en')} elements and attributes`);
    const span = SPANS.find(([beginning]) => text.startsWith(beginning, index));
    if (span !== undefined) {
      const [beginning, ending, name] = span;
      const end = text.indexOf(ending, index + beginning.length);
      if (end === -1) fail(text, index, `${name} that does not end: the file is cut off`);
      checkReferences(from, index);
      from = end + ending.length;
      if (beginning !== INSTRUCTION) continue;
      if (parts > 1 && /^xml$/i.test(nameAt(text, index + 2)))
        fail(
          text,
          index,
          'an XML declaration that is not at the beginning: several files in one, or one within another',
        );
      kept.push(text.slice(keptTo, index), blanksFor(text.slice(index, from)));
      keptTo = from;
      continue;
    }
    if (text.startsWith('<!', index)) refuseDeclaration(text, index);
    const { end, values } = endOfTag(text, index);
    checkReferences(from, end);
    if (open.length === 0 && /^html$/i.test(nameAt(text, index + 1))) fail(text, index, 'an HTML page, not a feed');
    const isClosing = text.startsWith('</', index);
    if (isClosing) open.pop();
    else if (text.charCodeAt(end - 1) !== 0x2f) open.push(index);
    if (!isClosing) elements += 1;
    if (open.length > MAX_XML_DEPTH) fail(text, index, `elements nest deeper than ${MAX_XML_DEPTH}`);
    parts += values;
    from = end + 1;
  }
  checkReferences(from, text.length);
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    fail(
      text,
      text.length,
      `the file ends within <${nameAt(text, unclosed + 1)}>: it is cut off, or that is not closed`,
    );
  return { text: kept.join('') + text.slice(keptTo), elements };
};
