import { XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm';

const NAMESPACES = {
  s: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  x: 'http://www.w3.org/1999/xhtml',
  n: 'http://www.google.com/schemas/sitemap-news/0.9',
};

export interface SitemapUrl {
  readonly loc: string;
  readonly lastmod: string | null;
  /** By hreflang. */
  readonly alternates: Readonly<Record<string, string>>;
}

export interface NewsUrl {
  readonly loc: string;
  readonly name: string | null;
  readonly language: string | null;
  readonly date: string | null;
  readonly title: string | null;
}

export interface Sitemap {
  readonly urls: readonly SitemapUrl[];
  readonly news: readonly NewsUrl[];
  /** Of an index. */
  readonly parts: readonly string[];
}

const elements = (nodes: readonly XmlNode[]): readonly XmlElement[] =>
  nodes.filter((node) => node instanceof XmlElement);
const textAt = (element: XmlElement, path: string): string | null => element.find(path, NAMESPACES)[0]?.content ?? null;

const readUrl = (url: XmlElement): SitemapUrl => ({
  loc: textAt(url, 's:loc') ?? '',
  lastmod: textAt(url, 's:lastmod'),
  alternates: Object.fromEntries(
    elements(url.find(`x:link[@rel='alternate']`, NAMESPACES)).map((link) => [
      link.attr('hreflang')?.value ?? '',
      link.attr('href')?.value ?? '',
    ]),
  ),
});

const readNews = (url: XmlElement): NewsUrl => ({
  loc: textAt(url, 's:loc') ?? '',
  name: textAt(url, 'n:news/n:publication/n:name'),
  language: textAt(url, 'n:news/n:publication/n:language'),
  date: textAt(url, 'n:news/n:publication_date'),
  title: textAt(url, 'n:news/n:title'),
});

/** What a sitemap or an index of them says; fails on one that is not well-formed. */
export const readSitemap = (xml: string): Sitemap => {
  const document = XmlDocument.fromString(xml);
  try {
    const urls = elements(document.find('/s:urlset/s:url', NAMESPACES));
    const parts = elements(document.find('/s:sitemapindex/s:sitemap', NAMESPACES));
    return {
      urls: urls.map(readUrl),
      news: urls.filter((url) => url.find('n:news', NAMESPACES).length > 0).map(readNews),
      parts: parts.map((part) => textAt(part, 's:loc') ?? ''),
    };
  } finally {
    document.dispose();
  }
};
