import type { Instant } from '../clock.ts';
import type { EditionCode } from './edition.ts';
import type { ArticleId, AuthorId, SectionId, TagId } from './ids.ts';
import type { Media, Image } from './media.ts';

export const ARTICLE_KINDS = [
  'NEWS',
  'OPINION',
  'ANALYSIS',
  'BLOG',
  'FEATURE',
  'VIDEO',
  'INFOGRAPHIC',
  'GALLERY',
  'LIVE_BLOG',
] as const;
export type ArticleKind = (typeof ARTICLE_KINDS)[number];

export const SECTION_KINDS = ['TOPIC', 'REGION', 'FORMAT'] as const;
export type SectionKind = (typeof SECTION_KINDS)[number];

export const AUTHOR_KINDS = ['PERSON', 'ORGANIZATION'] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];

export const SOURCE_KINDS = ['STAFF', 'AGENCY', 'PARTNER'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const SYNDICATION_RIGHTS = ['FULL', 'EXCERPT', 'NONE'] as const;
export type SyndicationRight = (typeof SYNDICATION_RIGHTS)[number];

/** A place in an edition's tree of topics, regions and formats. */
export interface Section {
  readonly id: SectionId;
  readonly edition: EditionCode;
  readonly kind: SectionKind;
  /** Last step of `path`. */
  readonly slug: string;
  /** Decoded, NFC, no outer slash, e.g. `news/politics`. Unique in its edition. */
  readonly path: string;
  readonly name: string;
  readonly description: string | null;
  readonly parentId: SectionId | null;
  /** Display order among its siblings, ascending; ties by path. */
  readonly position: number;
  /** Sections of other editions with the same group are its counterparts. */
  readonly translationGroup: string | null;
}

export interface Tag {
  readonly id: TagId;
  readonly edition: EditionCode;
  readonly slug: string;
  readonly name: string;
  readonly translationGroup: string | null;
}

export interface Author {
  readonly id: AuthorId;
  readonly edition: EditionCode;
  readonly kind: AuthorKind;
  readonly slug: string;
  readonly name: string;
  readonly role: string | null;
  readonly bio: string | null;
  readonly avatar: Image | null;
  readonly translationGroup: string | null;
}

export interface LiveStream {
  readonly edition: EditionCode;
  readonly title: string;
  readonly url: string;
  /** Null: announced, never on air yet. */
  readonly startedAt: Instant | null;
  /** Exclusive; null: no end recorded. */
  readonly endedAt: Instant | null;
}

export interface Source {
  readonly name: string;
  readonly kind: SourceKind;
  readonly url: string | null;
}

export interface Correction {
  readonly text: string;
  readonly correctedAt: Instant;
}

export interface Rights {
  readonly syndication: SyndicationRight;
  readonly holder: string | null;
  readonly usageTerms: string | null;
  /** Not to be seen before; exclusive of nothing: visible from this instant on. */
  readonly embargoedUntil: Instant | null;
  /** Gone from this instant on. */
  readonly expiresAt: Instant | null;
}

/** What search engines and social cards are told where it differs from the article itself. */
export interface SeoOverrides {
  readonly title: string | null;
  readonly description: string | null;
  /** Absolute; null: the article's own address. */
  readonly canonicalUrl: string | null;
  readonly image: Image | null;
  readonly noIndex: boolean;
}

/** An article without its body, as a store holds it, whether or not it may be seen now (`visibility.ts`). */
export interface Article {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly kind: ArticleKind;
  /** Decoded, NFC; unique in its edition over all kinds. */
  readonly slug: string;
  /** Under the edition's address: decoded, NFC, no outer slash, e.g. `news/politics/talks-resume`. */
  readonly path: string;
  /** BCP 47; null: its edition's language. */
  readonly language: string | null;
  readonly kicker: string | null;
  readonly headline: string;
  readonly standfirst: string | null;
  /** Without "By". */
  readonly byline: string | null;
  /** In editorial order. */
  readonly authorIds: readonly AuthorId[];
  /** Primary first, without ancestors; never empty. */
  readonly sectionIds: readonly SectionId[];
  /** In editorial order. */
  readonly tagIds: readonly TagId[];
  readonly sources: readonly Source[];
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  /** The gateway's own counter, from 1; moves only when a reader could see the difference. */
  readonly version: number;
  readonly breaking: boolean;
  /** End of `breaking`, exclusive; null: no end recorded. */
  readonly breakingUntil: Instant | null;
  readonly lead: Media | null;
  readonly media: readonly Media[];
  readonly wordCount: number;
  readonly corrections: readonly Correction[];
  readonly rights: Rights;
  /** Former paths under the edition's address, newest first. */
  readonly formerPaths: readonly string[];
  readonly seo: SeoOverrides | null;
  /** Articles of other editions with the same group tell the same story. */
  readonly translationGroup: string | null;
  /** Set: taken down. Its addresses answer GONE. */
  readonly withdrawnAt: Instant | null;
  /** Its store may be behind, and says otherwise from this instant on at the latest; absent: it is not. */
  readonly lookAgainAt?: Instant;
}
