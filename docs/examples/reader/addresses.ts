import type { DeskFragment } from './operations.generated.ts';

/** Addresses of the graph and of this site, each in the other's terms. */
export interface Addresses {
  /** Where `url` stands on this site: a path from its root, query and fragment kept; null when it is no edition's. */
  pathOf(url: string): string | null;
  /** What a link to `url` says: `pathOf`, or the address itself when it leads elsewhere. */
  hrefOf(url: string): string;
  /** `url` as the rest of the world knows it: on this site, absolute; or the address itself when it leads elsewhere. */
  publicOf(url: string): string;
  /** Sanitised HTML of the graph in which every link into an edition leads to this site. */
  linkHome(html: string): string;
}

type Based = Pick<DeskFragment, 'code' | 'url'>;

/** The first step of an edition's paths on this site, e.g. `ar`. */
export const stepOf = ({ code }: Pick<DeskFragment, 'code'>): string => code.toLowerCase();

/** What the graph calls the page at `path` of an edition; `path` as it came, without the edition's step. */
export const graphUrlOf = ({ url }: Based, path: string): string => `${url}${path}`;

const TAG = /<a(?:"[^"]*"|[^">])*>/gi;
const LINK = /(\shref=")([^"]*)/g;

/**
 * @param readerUrl this site's own address, without a trailing slash.
 */
export const createAddresses = (editions: readonly Based[], readerUrl: string): Addresses => {
  // The longest first: one edition may stand under another's address.
  const bases = editions.toSorted((one, other) => other.url.length - one.url.length);

  const pathOf = (url: string): string | null => {
    for (const edition of bases) {
      if (!url.startsWith(edition.url)) continue;
      const rest = url.slice(edition.url.length);
      if (rest === '' || /^[/?#]/.test(rest)) return `/${stepOf(edition)}${rest}`;
    }
    return null;
  };
  const hrefOf = (url: string): string => pathOf(url) ?? url;

  return {
    pathOf,
    hrefOf,
    publicOf: (url) => {
      const path = pathOf(url);
      return path === null ? url : readerUrl + path;
    },
    // Within tags only: the words of a text may look like an attribute.
    linkHome: (html) =>
      html.replaceAll(TAG, (tag) => tag.replaceAll(LINK, (_, start: string, url: string) => start + hrefOf(url))),
  };
};
