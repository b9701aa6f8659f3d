import type { Edition } from './edition.ts';
import type { Article, Author, Section, Tag } from './entities.ts';
import { encodePath, parseAddress } from './slug.ts';
import { spellingKey } from './spelling.ts';

/** Steps under an edition's address that are no sections: `media` leads to the gateway's own pictures. */
export const RESERVED_STEPS = { tags: 'tags', authors: 'authors', media: 'media' } as const;

type Based = Pick<Edition, 'url'>;

const under = (edition: Based, path: string): string => `${edition.url}/${encodePath(path)}`;

/** Absolute addresses of what stands in an edition. */
export const urlOf = {
  article: (edition: Based, { path }: Pick<Article, 'path'>): string => under(edition, path),
  section: (edition: Based, { path }: Pick<Section, 'path'>): string => under(edition, path),
  tag: (edition: Based, { slug }: Pick<Tag, 'slug'>): string => under(edition, `${RESERVED_STEPS.tags}/${slug}`),
  author: (edition: Based, { slug }: Pick<Author, 'slug'>): string =>
    under(edition, `${RESERVED_STEPS.authors}/${slug}`),
  /** A decoded path under the edition's address; empty: the front page. */
  path: (edition: Based, path: string): string => (path === '' ? edition.url : under(edition, path)),
};

/** An address cut into whose it is and what it names there. */
export interface Located {
  readonly edition: Edition;
  /** Decoded, NFC, without outer slashes; empty: the edition's front page. */
  readonly path: string;
}

/**
 * Gives the edition whose address `url` stands under, the longest if several do; null for a foreign host or no
 * address at all. Scheme, query, fragment and a trailing slash do not matter.
 */
export const createLocator = (editions: readonly Edition[]): ((url: string) => Located | null) => {
  const bases = editions
    .flatMap((edition) => {
      const address = parseAddress(edition.url);
      if (address === null) return [];
      const steps = stepsOf(address.path);
      return [{ edition, host: address.host, depth: steps.length, key: keyOf(steps) }];
    })
    .toSorted((a, b) => b.depth - a.depth);

  return (url) => {
    const address = parseAddress(url);
    if (address === null) return null;
    const steps = stepsOf(address.path);
    for (const { edition, host, depth, key } of bases)
      if (host === address.host && keyOf(steps.slice(0, depth)) === key)
        return { edition, path: steps.slice(depth).join('/') };
    return null;
  };
};

const stepsOf = (path: string): readonly string[] => (path === '' ? [] : path.split('/'));

/** Of the first steps of an address, in any spelling: an edition may stand at a word of its own language. */
const keyOf = (steps: readonly string[]): string => spellingKey(steps.join('/'));

/** Nothing in it needs escaping: it goes out as it was given. */
const IS_WRITTEN = /^[\x21-\x7e]*$/;

/** `url` made absolute: a rooted one stands under `base`, and characters outside ASCII are percent-encoded. */
export const absoluteUrl = (url: string, base: string): string => {
  const absolute = url.startsWith('/') ? base + url : url;
  return IS_WRITTEN.test(absolute) ? absolute : (URL.parse(absolute)?.href ?? absolute);
};

/** Where the gateway serves its own pictures. */
const OWN_FILES = `/${RESERVED_STEPS.media}/`;

/** What a rooted link in an edition's text stands under. */
const baseOfLink = (url: string, edition: Based, publicUrl: string): string =>
  url.startsWith(OWN_FILES) ? publicUrl : edition.url;

/** A link as it stands in an edition's text, made absolute as `absoluteHtml` makes it. */
export const absoluteLink = (url: string, edition: Based, publicUrl: string): string =>
  url.startsWith('/') ? baseOfLink(url, edition, publicUrl) + url : url;

const TAG = /<[a-z](?:"[^"]*"|[^">])*>/gi;
const ROOTED = /(\s(href|src|poster)=")(\/(?!\/)[^"]*)/g;

/**
 * Sanitised `html` with every rooted address made absolute: links stand under the edition's address, pictures and
 * links to the gateway's own files under `publicUrl`.
 */
export const absoluteHtml = (html: string, edition: Based, publicUrl: string): string => {
  // Few blocks have such an address; to look for its beginning takes a fraction of taking all tags apart.
  if (!html.includes('="/')) return html;
  // Within tags only: words may look like an attribute, and their quotes need no escape.
  return html.replaceAll(TAG, (tag) =>
    tag.replaceAll(ROOTED, (_, start: string, attribute: string, path: string) => {
      const base = attribute === 'href' ? baseOfLink(path, edition, publicUrl) : publicUrl;
      return start + base + path;
    }),
  );
};
