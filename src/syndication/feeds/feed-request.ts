import type { Edition } from '../../content/edition.ts';
import { encodePath } from '../../content/slug.ts';

/** What a feed may be written in, by the ending of its address. */
export const FEED_FORMATS = ['rss', 'atom', 'json', 'ninjs'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** Whose stories; paths and slugs decoded, as they were asked for. */
export type FeedSubject =
  | { readonly of: 'edition' }
  | { readonly of: 'section'; readonly path: string }
  | { readonly of: 'tag'; readonly slug: string }
  | { readonly of: 'author'; readonly slug: string };

/** Which part of them, newest first; without a cursor: the newest. */
export interface FeedPage {
  /** 1 to 100. */
  readonly first: number;
  /** The older ones behind this cursor. */
  readonly after?: string;
  /** The newer ones before this cursor. */
  readonly before?: string;
}

export interface FeedRequest {
  readonly edition: Edition;
  readonly subject: FeedSubject;
  readonly format: FeedFormat;
  readonly page: FeedPage;
}

export const DEFAULT_FEED_LENGTH = 20;

const pathOf = (subject: FeedSubject): string => {
  switch (subject.of) {
    case 'edition':
      return '';
    case 'section':
      return `/${encodePath(subject.path)}`;
    case 'tag':
      return `/tags/${encodePath(subject.slug)}`;
    case 'author':
      return `/authors/${encodePath(subject.slug)}`;
  }
};

/** The one address of a feed, under the gateway's own. */
export const feedUrl = (publicUrl: string, { edition, subject, format, page }: FeedRequest): string => {
  const query = new URLSearchParams({
    ...(page.first === DEFAULT_FEED_LENGTH ? {} : { first: String(page.first) }),
    ...(page.after === undefined ? {} : { after: page.after }),
    ...(page.before === undefined ? {} : { before: page.before }),
  }).toString();
  const address = `${publicUrl}/feeds/${edition.code.toLowerCase()}${pathOf(subject)}.${format}`;
  return query === '' ? address : `${address}?${query}`;
};
