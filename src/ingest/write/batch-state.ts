import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Author, LiveStream, Rights, Section, Tag } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { ArticleDigest } from './article-digest.ts';

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
  /** By `entryKey(edition, path)`. */
  readonly sections: Map<string, Section>;
  /** By `entryKey(edition, slug)`. */
  readonly tags: Map<string, Tag>;
  /** By `entryKey(edition, slug)`. */
  readonly authors: Map<string, Author>;
  readonly liveStreams: Map<EditionCode, LiveStream>;
  readonly articles: Map<ArticleId, StoredArticle>;
  /** By `addressKey`. */
  readonly addresses: Map<string, AddressHolder>;
}

/** Key of what is unique in its edition. */
export const entryKey = (edition: EditionCode, value: string): string => `${edition}:${value}`;

/** Key of an address. */
export const addressKey = ({ edition, form, value }: Pick<AddressHolder, 'edition' | 'form' | 'value'>): string =>
  `${edition}:${form}:${value}`;
