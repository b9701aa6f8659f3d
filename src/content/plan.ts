import { createHash } from 'node:crypto';
import type { EditionCode } from './edition.ts';
import type { Article, ArticleKind, Rights, SyndicationRight } from './entities.ts';
import type { SectionId } from './ids.ts';
import type { Viewpoint } from './listing.ts';
import { spellingKey } from './spelling.ts';

/** How much a partner may ask: `capacity` at once, and so much more every minute; in units of a query's cost. */
export interface Budget {
  readonly capacity: number;
  readonly refillPerMinute: number;
}

/** What the holders of a plan may have. Nothing that is not in here decides what a partner sees. */
export interface Plan {
  /** Null: every edition. */
  readonly editions: readonly EditionCode[] | null;
  /** Paths, descendants included; an edition that is not named is had whole, as far as `editions` goes. Null: every section. */
  readonly sections: Readonly<Partial<Record<EditionCode, readonly string[]>>> | null;
  /** Null: every kind. */
  readonly kinds: readonly ArticleKind[] | null;
  /** Of everything in the plan's scope that is not NONE for everyone. NONE: nothing at all. */
  readonly syndication: SyndicationRight;
  /** Whether embargoed articles are seen before their instant. */
  readonly embargoed: boolean;
  /** Null: no limit of its own. No part of what is seen. */
  readonly budget: Budget | null;
}

/** The sections that a plan names in one edition, as the edition's tree has them now. */
export interface SectionScope {
  /** Those it names that exist. */
  readonly tops: readonly SectionId[];
  /** With all their descendants. */
  readonly all: ReadonlySet<SectionId>;
}

export type SectionScopes = ReadonlyMap<EditionCode, SectionScope>;

const sorted = (values: readonly string[] | null): readonly string[] | null =>
  values === null ? null : [...new Set(values)].toSorted();

/**
 * Digest of what a plan lets its holders see, in 32 hex digits: plans that say the same in another order, or that differ in
 * their budgets only, are one audience.
 */
export const audienceOf = ({ editions, sections, kinds, syndication, embargoed }: Plan): string => {
  const named = Object.entries(sections ?? {}).map(([edition, paths]) => [edition, sorted(paths.map(spellingKey))]);
  const content = [
    sorted(editions),
    sections === null ? null : named.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    sorted(kinds),
    syndication,
    embargoed,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
};

/** Whether the plan of `view` covers anything of `edition`. */
export const coversEdition = ({ plan }: Pick<Viewpoint, 'plan'>, edition: EditionCode): boolean =>
  plan === null || (plan.syndication !== 'NONE' && (plan.editions?.includes(edition) ?? true));

/** Whether an article is of what the plan of `view` is about, whatever its rights. Sections that nobody looked up hold nothing. */
export const isInScope = (
  { edition, kind, sectionIds }: Pick<Article, 'edition' | 'kind' | 'sectionIds'>,
  view: Pick<Viewpoint, 'plan' | 'sections'>,
): boolean => {
  const { plan, sections } = view;
  if (plan === null) return true;
  if (!coversEdition(view, edition) || !(plan.kinds?.includes(kind) ?? true)) return false;
  if (plan.sections?.[edition] === undefined) return true;
  const scope = sections?.get(edition);
  return scope !== undefined && sectionIds.some((id) => scope.all.has(id));
};

/** What the holder of `plan` may do with an article whose stored right is `stored`; the anonymous are bound by that itself. */
export const rightUnder = (plan: Plan | null, stored: SyndicationRight): SyndicationRight =>
  plan === null || stored === 'NONE' ? stored : plan.syndication;

/** `article` as whoever looks from `view` may have it: by its rights, and without what those withhold. */
export const narrowToRights = (article: Article, { plan }: Pick<Viewpoint, 'plan'>): Article => {
  const syndication = rightUnder(plan, article.rights.syndication);
  const rights: Rights =
    syndication === article.rights.syndication ? article.rights : { ...article.rights, syndication };
  // The length of a text that is withheld says something of it.
  if (syndication !== 'FULL') return { ...article, rights, wordCount: 0 };
  return rights === article.rights ? article : { ...article, rights };
};
