import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FileError } from '../file-error.ts';
import { languageOf } from '../foreign/pick-edition.ts';
import { resolveAddress } from '../foreign/resolve-links.ts';
import { checkXml, MAX_XML_DEPTH } from './check-xml.ts';
import { PREFIXES, type XmlElement } from './xml-element.ts';

/** What the parser gives with `preserveOrder`: one key that is the name, and the attributes under `:@`. */
type ParsedNode = Readonly<Record<string, unknown>>;

const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';

/** Names that mean something to every object of JavaScript: the parser makes none of them. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const takeName = (name: string): string => {
  if (NOT_TAKEN.has(name)) throw new FileError(`an element or attribute named "${name}", which is not taken`);
  return name;
};

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Decoded below, once: there are five, and what is in a CDATA section is none.
  processEntities: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_XML_DEPTH + 10,
  transformTagName: takeName,
  transformAttributeName: takeName,
});

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** `text` with its references decoded. Names that HTML knows stay: most of what feeds hold is HTML, and is decoded as such. */
const decodeReferences = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,9})|(lt|gt|amp|quot|apos));/gi, (reference, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? reference;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16));
  });

/** Every element that declares one holds them all. */
const MAX_NAMESPACES = 100;

/** What holds for an element and what is in it. */
interface Scope {
  readonly prefixes: ReadonlyMap<string, string>;
  /** Prefixes that were met without a declaration and are read as everybody means them; one set for the whole file. */
  readonly assumed: Set<string>;
  readonly base: string | undefined;
  readonly language: string | undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const attributesOf = (node: ParsedNode): readonly (readonly [string, string])[] => {
  const attributes = node[ATTRIBUTES];
  if (!isRecord(attributes)) return [];
  return Object.entries(attributes).map(([name, value]) => [name, decodeReferences(String(value))]);
};

const declare = (scope: Scope, attributes: readonly (readonly [string, string])[]): ReadonlyMap<string, string> => {
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return scope.prefixes;
  if (scope.prefixes.size + declared.length > MAX_NAMESPACES)
    throw new FileError(`more than ${MAX_NAMESPACES} namespaces, which no feed needs`);
  return new Map([...scope.prefixes, ...declared.map(([name, uri]) => [name.slice(6), uri.trim()] as const)]);
};

/** Feeds often forget to declare these. */
const WELL_KNOWN: ReadonlySet<string> = new Set(Object.values(PREFIXES).filter((prefix) => prefix !== ''));

const nameIn = (written: string, { prefixes, assumed }: Pick<Scope, 'prefixes' | 'assumed'>, fallback: string) => {
  const colon = written.indexOf(':');
  const own = colon === -1 ? '' : written.slice(0, colon);
  if (WELL_KNOWN.has(own) && !prefixes.has(own)) {
    assumed.add(own);
    return written;
  }
  const uri = colon === -1 ? fallback : (prefixes.get(written.slice(0, colon)) ?? 'undeclared');
  const local = written.slice(colon + 1);
  if (uri === '') return local;
  const prefix = Object.hasOwn(PREFIXES, uri) ? PREFIXES[uri] : undefined;
  if (prefix === undefined) return `{${uri}}${colon !== -1 && uri === 'undeclared' ? written : local}`;
  return prefix === '' ? local : `${prefix}:${local}`;
};

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((part) => (isRecord(part) ? textOf(part[TEXT]) : '')).join('');
  return typeof value === 'string' ? value : '';
};

const readElement = (name: string, node: ParsedNode, around: Scope): XmlElement => {
  const written = attributesOf(node);
  const prefixes = declare(around, written);
  const names = { prefixes, assumed: around.assumed };
  const attributes = new Map(
    written
      .filter(([attribute]) => attribute !== 'xmlns' && !attribute.startsWith('xmlns:'))
      .map(([attribute, value]) => [nameIn(attribute, names, ''), value]),
  );
  const ownBase = attributes.get('xml:base');
  const ownLanguage = attributes.get('xml:lang');
  const scope: Scope = {
    ...names,
    base: ownBase === undefined ? around.base : (resolveAddress(ownBase, around.base) ?? around.base),
    language: languageOf(ownLanguage ?? '') === undefined ? around.language : ownLanguage,
  };
  const inner = node[name];
  const children = Array.isArray(inner) ? inner.filter(isRecord).flatMap((child) => readNode(child, scope)) : [];
  const { base, language } = scope;
  return { name: nameIn(name, names, prefixes.get('') ?? ''), attributes, children, base, language };
};

const readNode = (node: ParsedNode, scope: Scope): readonly (XmlElement | string)[] => {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
  if (name === undefined) return [];
  if (name === TEXT) return [decodeReferences(textOf(node[TEXT]))];
  // What stands in a CDATA section stands for itself.
  if (name === CDATA) return [textOf(node[CDATA])];
  return [readElement(name, node, scope)];
};

/** What the parser says, as the middle of a sentence. */
const withoutStop = (message: string): string => message.slice(0, 200).replace(/\.$/, '');

const refuseBroken = (text: string): void => {
  const result = XMLValidator.validate(text);
  if (result === true) return;
  const { line, col, msg } = result.err;
  const place = `line ${line}${col === undefined ? '' : `, column ${col}`}`;
  throw new FileError(`${place}: broken XML: ${withoutStop(msg)}`);
};

const parse = (text: string): unknown => {
  try {
    return parser.parse(text);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`broken XML: ${cause instanceof Error ? withoutStop(cause.message) : ''}`, { cause });
  }
};

const countElements = (nodes: unknown): number => {
  if (!Array.isArray(nodes)) return 0;
  return nodes.filter(isRecord).reduce((count, node) => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
    return name === undefined || name === TEXT || name === CDATA ? count : count + 1 + countElements(node[name]);
  }, 0);
};

/**
 * Two readings of one text, by hand and by the parser, must have met the same elements: an item that one of them does not
 * see would be lost without a word.
 *
 * @throws {FileError} when they differ.
 */
export const refuseLost = (standing: number, parsed: number): void => {
  if (standing === parsed) return;
  throw new FileError(`it cannot be read for certain: ${standing} elements stand in it, ${parsed} were understood`);
};

const XML_PREFIX = ['xml', 'http://www.w3.org/XML/1998/namespace'] as const;

/** An XML text that was read. */
export interface ParsedXml {
  readonly root: XmlElement;
  /** Well-known prefixes that it does not declare and that were read as usual. */
  readonly assumed: readonly string[];
}

/**
 * The root element of an XML text.
 *
 * @throws {FileError} with the place, when it is not well formed, has a document type, or more in it than any feed.
 */
export const parseXml = (written: string): ParsedXml => {
  const { text, elements } = checkXml(written);
  refuseBroken(text);
  const nodes = parse(text);
  refuseLost(elements, countElements(nodes));
  const assumed = new Set<string>();
  const scope: Scope = { prefixes: new Map([XML_PREFIX]), assumed, base: undefined, language: undefined };
  const roots = (Array.isArray(nodes) ? nodes.filter(isRecord) : []).flatMap((node) => readNode(node, scope));
  const root = roots.find((child) => typeof child !== 'string');
  if (root === undefined) throw new FileError('no XML element in it');
  return { root, assumed: [...assumed] };
};
