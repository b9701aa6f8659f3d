import type { Instant } from '../clock.ts';
import { NO_CANDIDATES, type Candidates } from '../content/candidates.ts';
import type { Article } from '../content/entities.ts';
import { publicVisibilityOf } from '../content/visibility.ts';
import { SPARE_CANDIDATES, weighRelated, type RelatedRequest } from '../content/weigh-related.ts';
import type { ArticleStore, NewestRequest, ScoredPage } from '../stores/article-store.ts';
import type { EntityTier } from './entity-tier.ts';

/** How old a list may be that related articles are chosen from. Contract: a minute, and a page lives on with it. */
export const NEWEST_MAX_AGE_MS = 50_000;

/**
 * The numbers of related articles that lists are kept for; the next larger ones serve any other, for weighing looks at no more of a list
 * than its number allows. A hundred numbers that a client may ask for would be a hundred lists of each tag.
 */
const KEPT_FOR = [4, 20, 100];

type Wanted = NewestRequest & { readonly now: Instant };

interface Newest extends Wanted {
  readonly candidates: Candidates;
}

const keyOf = ({ target, limit }: NewestRequest): string => `${target}:${limit}`;

/** Whose newest are weighed beside an article: its tags and its primary section, with one more for the article itself. */
const listsOf = ({ tagIds, sectionId, limit }: RelatedRequest, now: Instant): readonly Wanted[] => {
  const most = KEPT_FOR.find((number) => number >= limit) ?? limit;
  return [...tagIds, ...(sectionId === null ? [] : [sectionId])].map((target) => ({
    target,
    limit: most + SPARE_CANDIDATES + 1,
    now,
  }));
};

/**
 * `store.related`, for everybody chosen from lists that `tier` holds: what an archive has of a tag is the same for each of its pages, and
 * weighing it anew for each was nine tenths of what a page cost the database. Who goes with an article may be as old as the
 * contract allows; whether it may be seen is asked of the article, through `byIds`, and it is chosen anew when one may not.
 * Plans see other articles, and have the store weigh them.
 *
 * @returns undefined where the store has no such lists.
 */
export const createResidentRelated = (
  store: ArticleStore,
  tier: EntityTier,
  byIds: ArticleStore['byIds'],
): ArticleStore['related'] | undefined => {
  const { newest } = store;
  if (newest === undefined) return undefined;
  const readNewest = tier.keep<Wanted, Newest>({
    name: 'newest',
    keyOf,
    homeOf: keyOf,
    // It ends by its age alone: the articles on it are named by their own tags once they are shown.
    tagsOf: () => [],
    // Younger than `now` as well: fills overlap, and clocks are set back.
    isCurrent: ({ now }, found) => found.every((list) => Math.abs(now - list.now) < NEWEST_MAX_AGE_MS),
    read: async (wanted) => {
      const [first] = wanted;
      if (first === undefined) return [];
      const lists = await newest(wanted, first.now);
      return wanted.map((one, place) => ({ ...one, candidates: lists[place] ?? NO_CANDIDATES }));
    },
    isTold: () => true,
  });

  const choose = async (
    requests: readonly RelatedRequest[],
    now: Instant,
  ): Promise<readonly (ScoredPage | undefined)[]> => {
    const wanted = new Map(requests.flatMap((request) => listsOf(request, now)).map((one) => [keyOf(one), one]));
    const lists = new Map((await readNewest([...wanted.values()])).map((one) => [keyOf(one), one.candidates]));
    const chosen = requests.map((request) =>
      weighRelated(
        request,
        listsOf(request, now).map((one) => lists.get(keyOf(one)) ?? NO_CANDIDATES),
      ),
    );
    const articles = new Map((await byIds([...new Set(chosen.flat())])).map((article) => [article.id, article]));
    return chosen.map((ids, place) => {
      const page = ids.map((id) => articles.get(id)).filter((article) => article !== undefined);
      const { edition } = requests[place] as RelatedRequest;
      const isSeen = (one: Article): boolean => one.edition === edition && publicVisibilityOf(one, now) === 'visible';
      return page.length === ids.length && page.every(isSeen) ? { articles: page } : undefined;
    });
  };

  return async (requests, view) => {
    if (view.plan !== null) return await store.related(requests, view);
    const chosen = await choose(requests, view.now);
    const left = requests.filter((_request, place) => chosen[place] === undefined);
    const anew = left.length === 0 ? [] : await store.related(left, view);
    let place = 0;
    return chosen.map((page) => page ?? anew[place++] ?? { articles: [] });
  };
};
