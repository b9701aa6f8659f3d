import { stepOf } from './addresses.ts';
import type { DeskFragment } from './operations.generated.ts';

/**
 * Where `url` is to be found instead, query kept: an edition's step in small letters, no slash at the end. Null: there it is. How the
 * rest of an address is spelt is the gateway's matter.
 */
export const oneAddressOf = (edition: Pick<DeskFragment, 'code'>, { pathname, search }: URL): string | null => {
  const [, , ...rest] = pathname.split('/');
  const path = [`/${stepOf(edition)}`, ...rest].join('/').replace(/\/+$/, '');
  return path === pathname ? null : path + search;
};

/** `to` with the query of `url`, e.g. where a list is read from, unless it has one itself or leads to another site. */
export const keepQuery = (to: string, { search }: URL): string => (/^[^/]|[?#]/.test(to) ? to : to + search);
