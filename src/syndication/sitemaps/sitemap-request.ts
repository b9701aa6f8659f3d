import type { Edition } from '../../content/edition.ts';
import type { Editions } from '../../content/editions.ts';
import { GatewayError } from '../../errors.ts';
import { findEdition } from '../find-edition.ts';
import { parseWindow, type Window } from './window.ts';

export type SitemapRequest =
  /** Of a whole edition, or of its parts where there are many. */
  | { readonly of: 'edition'; readonly edition: Edition }
  /** Of the last two days, for Google News. */
  | { readonly of: 'news'; readonly edition: Edition }
  | { readonly of: 'window'; readonly edition: Edition; readonly window: Window };

const SHAPE = /^([a-z]{2,8})(?:-(.+))?\.xml$/i;

/** The address of a sitemap, under the gateway's own; `part`: `news`, or the name of a window. */
export const sitemapUrl = (publicUrl: string, { code }: Pick<Edition, 'code'>, part?: string): string =>
  `${publicUrl}/sitemaps/${code.toLowerCase()}${part === undefined ? '' : `-${part}`}.xml`;

/**
 * The sitemap that an address asks for.
 *
 * @param path behind `/sitemaps/`.
 * @throws {GatewayError} NOT_FOUND for an edition or a part nobody knows.
 */
export const parseSitemapRequest = (path: string, editions: Editions): SitemapRequest => {
  const [whole, code = '', part] = SHAPE.exec(path) ?? [];
  if (whole === undefined)
    throw new GatewayError('NOT_FOUND', 'Sitemaps are /sitemaps/EDITION.xml and /sitemaps/EDITION-news.xml');
  const edition = findEdition(code, editions);
  if (part === undefined) return { of: 'edition', edition };
  if (part === 'news') return { of: 'news', edition };
  const window = parseWindow(part);
  if (window === undefined)
    throw new GatewayError(
      'NOT_FOUND',
      `There is no sitemap "${part.slice(0, 40)}" of the edition ${code.toLowerCase()}`,
    );
  return { of: 'window', edition, window };
};
