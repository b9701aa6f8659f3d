import { XmlDocument, XmlElement } from 'libxml2-wasm';

const NAMESPACES = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
};

/** Elements of a feed, by what they are called in its specification. */
export interface XmlReader {
  /** The elements at `path`, an XPath; a prefix is that of the specification. */
  all(path: string): readonly XmlReader[];
  /** The text of the first one at `path`; null: there is none. */
  text(path: string): string | null;
  /** Its own attribute. */
  attribute(name: string): string | null;
  readonly name: string;
}

const readerOf = (node: XmlElement): XmlReader => ({
  all: (path) =>
    node
      .find(path, NAMESPACES)
      .filter((found) => found instanceof XmlElement)
      .map(readerOf),
  text: (path) => node.find(path, NAMESPACES)[0]?.content ?? null,
  attribute: (name) => {
    const [prefix, local = prefix] = name.split(':');
    return node.attr(local as string, local === prefix ? undefined : prefix)?.value ?? null;
  },
  name: node.prefix === '' ? node.name : `${node.prefix}:${node.name}`,
});

/** Reads `xml` with libxml2, which takes nothing that is not well-formed, and lets go of it. */
export const readXml = <T>(xml: string, use: (root: XmlReader) => T): T => {
  const document = XmlDocument.fromString(xml);
  try {
    return use(readerOf(document.root));
  } finally {
    document.dispose();
  }
};

/** Faults found so far, each said once for a place. */
export const createFaults = () => {
  const faults: string[] = [];
  return {
    faults,
    expect: (isSo: boolean, fault: string): void => void (isSo || faults.push(fault)),
  };
};

export const isAbsolute = (url: string | null): boolean =>
  url !== null && /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(url) && URL.canParse(url);

/** What the validator warns of in HTML of a feed: it may run something, or leads nowhere from a reader's own page. */
export const faultsOfHtml = (html: string): readonly string[] => [
  ...(/<(?:script|iframe|object|embed|form|meta|style)\b/i.test(html) ? ['holds an element that readers drop'] : []),
  ...(/<[^>]*\son\w+\s*=/i.test(html) ? ['holds a handler'] : []),
  ...(/<[^>]*\s(?:href|src|poster)="(?!https?:|mailto:|tel:|#)/i.test(html)
    ? ['holds an address that is not absolute']
    : []),
  ...(/^<div lang="[a-z][\w-]*" dir="(?:ltr|rtl)">[\s\S]*<\/div>$/.test(html)
    ? []
    : ['carries no language and direction']),
];

/** Media RSS: what is asked of every picture and film. */
export const faultsOfMedia = (media: XmlReader): readonly string[] => {
  const { faults, expect } = createFaults();
  expect(isAbsolute(media.attribute('url')), 'media:content has no absolute url');
  expect(['image', 'video'].includes(media.attribute('medium') ?? ''), 'media:content has no medium');
  for (const name of ['width', 'height', 'duration'])
    expect(/^\d+$/.test(media.attribute(name) ?? '0'), `media:content: ${name} is no number`);
  expect(/^[\w.+-]+\/[\w.+-]+$/.test(media.attribute('type') ?? 'a/b'), 'media:content: type is none');
  return faults;
};
