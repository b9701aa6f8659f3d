import type { Instant } from '../../clock.ts';
import type { Edition } from '../../content/edition.ts';
import type { Article, Correction, Section, Tag } from '../../content/entities.ts';
import type { MediaFile } from './media-files.ts';

/** An article with all that a feed says of it, as far as its caller may have it. */
export interface Story {
  readonly article: Article;
  readonly edition: Edition;
  /** Never changes, the same in every format. */
  readonly uri: string;
  readonly url: string;
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly headline: string;
  /** What it is about in a sentence or two, plain; null: nobody says. */
  readonly summary: string | null;
  /** The beginning of its text, plain. */
  readonly excerpt: string | null;
  /** All of its text as HTML that carries language and direction, corrections on top; null: the caller may not have it. */
  readonly html: string | null;
  /** In editorial order; those of its byline where it names none. */
  readonly creators: readonly { readonly name: string; readonly url: string | null }[];
  readonly byline: string | null;
  /** Primary first. */
  readonly sections: readonly Section[];
  readonly tags: readonly Tag[];
  /** The leading one first. */
  readonly media: readonly MediaFile[];
  /** Newest first. */
  readonly corrections: readonly Correction[];
  /** Null: it may be shown. */
  readonly embargoedUntil: Instant | null;
}

/** What feeds call an article or a list: a name that no change of address alters. */
export const uriOf = (id: string): string => `urn:masthead:${id}`;

/** What it may be said to be by: RSS and `dc:rights` have one line for it. Null: nothing is known. */
export const rightsLineOf = ({ article: { rights } }: Pick<Story, 'article'>): string | null => {
  const line = [rights.holder, rights.usageTerms].filter((part) => part !== null).join('. ');
  return line === '' ? null : line;
};
