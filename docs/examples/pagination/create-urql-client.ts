import { Client, fetchExchange } from '@urql/core';
import { cacheExchange, type CacheExchangeOpts } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

/** The gateway's schema as introspection gives it; with it, Graphcache knows what Media, BodyBlock and Node may be. */
export type IntrospectedSchema = NonNullable<CacheExchangeOpts['schema']>;

/** Types without an id: they are kept inside what they stand in. A test of yours may compare them with the schema. */
export const EMBEDDED = [
  'ArticleConnection',
  'ArticleEdge',
  'AuthorConnection',
  'AuthorEdge',
  'Breadcrumb',
  'ChangeConnection',
  'ChangeEdge',
  'Correction',
  'Embed',
  'Engagement',
  'Figure',
  'Gallery',
  'Heading',
  'HtmlBlock',
  'Image',
  'ImageRendition',
  'Infographic',
  'Link',
  'ListBlock',
  'ListItem',
  'LiveStream',
  'NavigationItem',
  'PageInfo',
  'Paragraph',
  'Partner',
  'Quote',
  'RateLimit',
  'ReadMore',
  'RecordEngagementPayload',
  'Rights',
  'Route',
  'SearchConnection',
  'SearchEdge',
  'Seo',
  'Source',
  'TagConnection',
  'TagEdge',
  'Video',
  'VideoSource',
  'Viewer',
];

const pages = relayPagination();

/** A cache that keeps every entity once, by its id, and joins the pages of every list. */
export const createUrqlCache = (schema: IntrospectedSchema) =>
  cacheExchange({
    schema,
    keys: Object.fromEntries(EMBEDDED.map((type) => [type, () => null])),
    resolvers: {
      // Filter and order need no mention: pages are joined when all arguments but those of the page are the same.
      Edition: { articles: pages, search: pages, tags: pages, authors: pages },
      Section: { articles: pages },
      Tag: { articles: pages },
      Author: { articles: pages },
    },
  });

/** A urql client for the gateway at `url`. Queries go by GET, so that a browser and a CDN can keep them. */
export const createUrqlClient = (url: string, schema: IntrospectedSchema): Client =>
  new Client({ url, preferGetMethod: 'force', exchanges: [createUrqlCache(schema), fetchExchange] });
