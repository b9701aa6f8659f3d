import type { Instant } from '../clock.ts';
import type {
  ArticleKind,
  AuthorKind,
  Correction,
  LiveStream,
  Rights,
  SectionKind,
  SeoOverrides,
  Source,
} from '../content/entities.ts';
import type { Image, Media } from '../content/media.ts';

/** A story as its source tells it, in the gateway's words; text is plain, slugs and paths decoded and NFC. */
export interface SourceStory {
  /** The source's own, e.g. a post's number. */
  readonly sourceId: string;
  readonly kind: ArticleKind;
  readonly slug: string;
  /** BCP 47; null: its edition's language. */
  readonly language: string | null;
  readonly kicker: string | null;
  readonly headline: string;
  readonly standfirst: string | null;
  /** Without "By". */
  readonly byline: string | null;
  /** May lie ahead: scheduled there. */
  readonly publishedAt: Instant;
  /** Moves at any save, whether or not a reader sees a difference. */
  readonly modifiedAt: Instant;
  /** Primary first; never empty. */
  readonly sectionPaths: readonly string[];
  /** In editorial order. */
  readonly authorSlugs: readonly string[];
  readonly tagSlugs: readonly string[];
  readonly sources: readonly Source[];
  readonly lead: Media | null;
  readonly media: readonly Media[];
  /** As the source has it, not to be trusted; null: it was not asked for. */
  readonly html: string | null;
  readonly corrections: readonly Correction[];
  readonly rights: Rights;
  readonly breaking: boolean;
  readonly breakingUntil: Instant | null;
  /** Absolute, or under the edition's own address; newest first. */
  readonly formerAddresses: readonly string[];
  readonly seo: SeoOverrides | null;
  readonly translationGroup: string | null;
}

export interface SourceSection {
  readonly kind: SectionKind;
  /** Its parent is the path without the last step. */
  readonly path: string;
  readonly name: string;
  readonly description: string | null;
  readonly position: number;
  readonly translationGroup: string | null;
}

export interface SourceTag {
  readonly slug: string;
  readonly name: string;
  readonly translationGroup: string | null;
}

export interface SourceAuthor {
  readonly kind: AuthorKind;
  readonly slug: string;
  readonly name: string;
  readonly role: string | null;
  readonly bio: string | null;
  readonly avatar: Image | null;
  readonly translationGroup: string | null;
}

/** All that stories of a source are filed under. */
export interface SourceTaxonomy {
  /** Parents first. */
  readonly sections: readonly SourceSection[];
  readonly tags: readonly SourceTag[];
  readonly authors: readonly SourceAuthor[];
  /** Null: it has none, or cannot say. */
  readonly live: Omit<LiveStream, 'edition'> | null;
}

/** A story that is there and says something that cannot be taken for what it has to be. */
export interface UnfitStory {
  readonly sourceId: string;
  /** Null: that cannot be read either. */
  readonly modifiedAt: Instant | null;
  /** Names the place, and quotes nothing that stands there. */
  readonly reason: string;
}

/** That a story is there, and when it was last saved. */
export interface Sighting {
  readonly sourceId: string;
  /** Null: it cannot be read. */
  readonly modifiedAt: Instant | null;
}

/** One page of sightings. */
export interface Sightings {
  readonly sightings: readonly Sighting[];
  /** Goes on behind them; null: that was all. */
  readonly next: string | null;
}

export interface ReadingOptions {
  readonly withHtml: boolean;
  /** Told of every story that is left out though it is there. Must not fail. */
  readonly onUnfit?: (story: UnfitStory) => void;
}

/**
 * A system that holds the stories of one edition, can read them by id and say what it has, and nothing more: what it
 * cannot list, count or search, the gateway's index does (`stores/indexed/`).
 *
 * Shown is what readers may see now or will see by themselves: published and scheduled. Drafts, what is private, and
 * what was trashed or deleted is not there.
 *
 * @throws {StoreError} every method, when the source fails or answers out of contract. Never a partial answer, but for
 *   stories that are unfit.
 */
export interface ContentSource {
  /** As configured; `StoreError.store`. */
  readonly name: string;
  /**
   * The stories that are there among `sourceIds`, in any order, each once. A call for every hundred, and as many again
   * for their pictures. One that is unfit costs the others nothing: it is left out, and told to who asks for it.
   */
  stories(sourceIds: readonly string[], options: ReadingOptions): Promise<readonly SourceStory[]>;
  /** Whole: it is small. */
  taxonomy(): Promise<SourceTaxonomy>;
  /** What was saved at `since` or later, the oldest save first; a page of it from `next` of the page before. */
  savedSince(since: Instant, next: string | null): Promise<Sightings>;
  /** Everything that is there, in an order in which what is saved meanwhile skips nothing; a page of it. */
  inventory(next: string | null): Promise<Sightings>;
  /** What a person is told who asks whether this configuration works. */
  probe(): Promise<{ readonly isWorking: boolean; readonly detail: string }>;
}
