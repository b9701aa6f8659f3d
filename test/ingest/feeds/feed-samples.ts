/** Prefixes as nobody writes them: what counts is what they stand for. */
const NAMESPACES =
  'xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:core="http://purl.org/dc/elements/1.1/" ' +
  'xmlns:mm="http://search.yahoo.com/mrss/" xmlns:a="http://www.w3.org/2005/Atom" ' +
  'xmlns:dc="http://not-dublin-core.example/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';

/** A feed of RSS 2.0 in English. */
export const rss = (items: string, channel = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" ${NAMESPACES}><channel><title>Harbour &amp;amp; Hills</title>` +
  `<link>https://harbour.example/</link><language>en-GB</language>${channel}${items}</channel></rss>`;

/** An item of it, with title, link and date. */
export const item = (inner: string): string =>
  `<item><title>Title</title><link>https://harbour.example/news/late/</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>${inner}</item>`;

/** A feed of Atom in Spanish. */
export const atom = (entries: string, attributes = ''): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es" ${attributes}><title>El Faro</title><link href="https://faro.example/"/>` +
  `<author><name>Redacción</name></author>${entries}</feed>`;

/** The date of what stands in them. */
export const AT = Date.UTC(2026, 10, 20, 8);
