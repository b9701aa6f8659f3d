import type { Edition } from '../../content/edition.ts';
import type { Instant } from '../../clock.ts';
import type { Withdrawal } from './load-withdrawals.ts';
import type { Story } from './story.ts';

/** A part of a list of stories, as any format writes it; every address is absolute. */
export interface Feed {
  readonly edition: Edition;
  /** The same for every part of the list and in every format. */
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  /** The page of it that readers see. */
  readonly homeUrl: string;
  readonly selfUrl: string;
  /** The newest part. */
  readonly firstUrl: string;
  /** Newer ones; null: this is where the list begins, as far as is known. */
  readonly previousUrl: string | null;
  /** Older ones; null: the list ends here. */
  readonly nextUrl: string | null;
  /** WebSub hubs. */
  readonly hubs: readonly string[];
  /** Of the story changed last; of the reading where there is none. */
  readonly updatedAt: Instant;
  readonly stories: readonly Story[];
  /** Newest first; of the newest part only, and of formats that can say so. */
  readonly withdrawals: readonly Withdrawal[];
}

/** The `Link` header of a feed: RFC 8288. */
export const linkOf = ({ selfUrl, firstUrl, previousUrl, nextUrl, hubs }: Feed): string => {
  const links: readonly (readonly [string, string | null])[] = [
    ['self', selfUrl],
    ['first', firstUrl],
    ['prev', previousUrl],
    ['next', nextUrl],
    ...hubs.map((hub) => ['hub', hub] as const),
  ];
  return links.flatMap(([rel, url]) => (url === null ? [] : [`<${url}>; rel="${rel}"`])).join(', ');
};
