import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Author, LiveStream, Rights, Section, Tag } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { ArticleDigest } from './article-digest.ts';
import { placeOf } from './places.ts';

/** An article as it stands before a document is applied: what decides whether and how it changes. */
export interface StoredArticle {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly kind: string;
  readonly slug: string;
  readonly path: string;
  readonly version: number;
  readonly digest: ArticleDigest;
  readonly rights: Rights;
  readonly correctionCount: number;
  readonly translationGroup: string | null;
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  readonly breaking: boolean;
  readonly breakingUntil: Instant | null;
  readonly withdrawnAt: Instant | null;
  /** Taken down by order, which no line lifts. */
  readonly takenDownAt: Instant | null;
  /** Ids of the lists it stands in: `memberships.target`. */
  readonly targets: readonly string[];
}

/** Who stands, or stood, at a slug or path. */
export interface AddressHolder {
  readonly edition: EditionCode;
  readonly form: 'slug' | 'path';
  readonly value: string;
  readonly articleId: ArticleId;
  /** What its publishing system calls the article, for whoever has to settle a collision. */
  readonly sourceId: string;
  readonly isCurrent: boolean;
  /** Milliseconds since 1970; former addresses are shown newest first. */
  readonly since: number;
}

/**
 * What the database holds of all that a batch touches, and then, document by document, what it will hold. Documents
 * thus meet the work of those before them, in the same batch or not, and one statement writes many.
 */
export interface BatchState {
  /** In the places of `entryPlace`, by path. */
  readonly sections: Map<string, Section>;
  /** In the places of `entryPlace`, by slug. */
  readonly tags: Map<string, Tag>;
  /** Likewise. */
  readonly authors: Map<string, Author>;
  readonly liveStreams: Map<EditionCode, LiveStream>;
  readonly articles: Map<ArticleId, StoredArticle>;
  /** In the places of `addressPlace`. */
  readonly addresses: Map<string, AddressHolder>;
}

/** Key of what is unique in its edition, one for all spellings. */
export const entryKey = (edition: EditionCode, value: string): string => `${edition}:${spellingKey(value)}`;

/** Where in `entries` something of this path or slug stands, or will. */
export const entryPlace = (entries: ReadonlyMap<string, unknown>, edition: EditionCode, value: string): string =>
  placeOf(entries, entryKey(edition, value), value);

/** What of `entries` has this path or slug, in whatever spelling. */
export const findEntry = <Entry>(
  entries: ReadonlyMap<string, Entry>,
  edition: EditionCode,
  value: string,
): Entry | undefined => entries.get(entryPlace(entries, edition, value));

type Address = Pick<AddressHolder, 'edition' | 'form' | 'value'>;

/** Key of an address, one for all spellings. */
export const addressKey = ({ edition, form, value }: Address): string => `${edition}:${form}:${spellingKey(value)}`;

/** Where in `addresses` who stands at this address is, or will be. */
export const addressPlace = (addresses: ReadonlyMap<string, unknown>, address: Address): string =>
  placeOf(addresses, addressKey(address), address.value);

/** Who stands, or stood, at this address, in whatever spelling. */
export const findHolder = ({ addresses }: Pick<BatchState, 'addresses'>, address: Address): AddressHolder | undefined =>
  addresses.get(addressPlace(addresses, address));
