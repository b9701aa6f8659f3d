import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Article, ArticleKind, SyndicationRight } from '../../content/entities.ts';
import type { SectionId } from '../../content/ids.ts';

/** What decided who may see an article, as `article_facets` of the database writes it; instants in milliseconds. */
export interface Facets {
  readonly edition: EditionCode;
  readonly kind: ArticleKind;
  readonly path: string;
  readonly version: number;
  readonly syndication: SyndicationRight;
  /** Its own, and those above them. */
  readonly sections: readonly SectionId[];
  readonly publishedAt: Instant;
  readonly embargoedUntil: Instant | null;
  readonly expiresAt: Instant | null;
  readonly isWithdrawn: boolean;
  /** By a tombstone. */
  readonly isHidden: boolean;
}

/** An article as far as it decides who may see it. */
export type Judged = Pick<Article, 'publishedAt' | 'withdrawnAt' | 'rights' | 'edition' | 'kind' | 'sectionIds'>;

/** What the callers of one audience may see. */
export interface Sight {
  /** Whether anything of `edition` may be seen at all. */
  covers(edition: EditionCode): boolean;
  /** What they may do with `article` at the instant `at`; null: they do not see it. */
  rightOf(article: Judged, at: Instant): SyndicationRight | null;
}

const judgedOf = (facets: Facets): Judged => ({
  edition: facets.edition,
  kind: facets.kind,
  sectionIds: facets.sections,
  publishedAt: facets.publishedAt,
  // When does not matter: it is gone.
  withdrawnAt: facets.isWithdrawn || facets.isHidden ? 0 : null,
  rights: {
    syndication: facets.syndication,
    holder: null,
    usageTerms: null,
    embargoedUntil: facets.embargoedUntil,
    expiresAt: facets.expiresAt,
  },
});

/** How an article stood, and between which instants. */
export interface Stay {
  readonly facets: Facets;
  readonly since: Instant;
  readonly until: Instant;
}

/** What `sight` could do with an article at some instant of `stay`; null: it never saw it then. Time alone may have shown it for a while. */
export const rightDuring = (sight: Sight, { facets, since, until }: Stay): SyndicationRight | null => {
  const judged = judgedOf(facets);
  const turns = [facets.publishedAt, facets.embargoedUntil, facets.expiresAt];
  const instants = [since, ...turns.filter((at) => at !== null && at > since && at <= until)] as Instant[];
  for (const at of instants.toSorted((a, b) => b - a)) {
    const right = sight.rightOf(judged, at);
    if (right !== null) return right;
  }
  return null;
};
