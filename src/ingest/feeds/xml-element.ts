import { escapeHtml } from '../html/write-html.ts';

/** An element whose name is told by its namespace and not by the prefix somebody chose. */
export interface XmlElement {
  /** `title` of RSS, `atom:title`, `media:content`; `{address}name` of a namespace we do not know. */
  readonly name: string;
  /** By names of the same form; those without a prefix have none. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Words have their entities decoded. */
  readonly children: readonly (XmlElement | string)[];
  /** What addresses in it are relative to (`xml:base`); undefined: nothing says. */
  readonly base: string | undefined;
  /** `xml:lang` as it stands there or around it; an empty one, or one that is no language, says nothing. */
  readonly language: string | undefined;
}

/** The namespaces feeds are written in, under the prefixes they are known by; RSS itself has none. */
export const PREFIXES: Readonly<Record<string, string>> = {
  'http://www.w3.org/XML/1998/namespace': 'xml',
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://channel.netscape.com/rdf/simple/0.9/': '',
  'http://backend.userland.com/rss2': '',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://www.w3.org/2005/Atom': 'atom',
  'http://purl.org/atom/ns#': 'atom03',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://search.yahoo.com/mrss/': 'media',
  'http://search.yahoo.com/mrss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/2007/app': 'app',
  'http://purl.org/atom/app#': 'app',
};

/** Whether `child` is an element, and not words. */
export const isElement = (child: XmlElement | string): child is XmlElement => typeof child !== 'string';

/** The elements directly in `element` that have one of `names`, in their order. */
export const childrenOf = (element: XmlElement, ...names: readonly string[]): readonly XmlElement[] =>
  element.children.filter(isElement).filter(({ name }) => names.includes(name));

/** All words in `element`, however deep. */
export const wordsOf = (element: XmlElement): string =>
  element.children.map((child) => (isElement(child) ? wordsOf(child) : child)).join('');

const VOID_TAGS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
);

const tagOf = ({ name, attributes, children }: XmlElement): string => {
  const tag = name.slice(name.lastIndexOf(':') + 1).toLowerCase();
  const written = [...attributes].map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('');
  return VOID_TAGS.has(tag) ? `<${tag}${written}>` : `<${tag}${written}>${markupOf(children)}</${tag}>`;
};

/** `children` as HTML: markup that stands in a feed as elements of its own. */
export const markupOf = (children: XmlElement['children']): string =>
  children.map((child) => (isElement(child) ? tagOf(child) : escapeHtml(child))).join('');
