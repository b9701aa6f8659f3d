import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDice, type Dice } from '../../support/dice.ts';
import { storyKey } from '../over-eviction/edits.ts';
import {
  EDITIONS,
  idOfStory,
  searchedWords,
  sectionsOf,
  TAGS,
  type EditionName,
  type Story,
} from '../over-eviction/newsroom.ts';
import { createZipf } from './zipf.ts';

/** A page as a reader opens it. */
export interface View {
  readonly key: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of a page that nobody wrote out: it is as the one of `query` and `variables`, but for what tells of `own`. */
  readonly own?: readonly string[];
}

export interface ReadersOptions {
  readonly seed: number;
  readonly stories: readonly Story[];
  /** Further stories of each edition, that nobody edits. */
  readonly archive: number;
  /** Of Zipf's law over the stories of an edition. */
  readonly exponent: number;
}

export interface Readers {
  next(): View;
  /** Readers see `story` from now on; a new one among the first of its edition. */
  show(story: Story, isNew: boolean): void;
  /** The story that everybody wants. */
  rush(story: Story): void;
}

const OPERATIONS = resolve(import.meta.dirname, '../../../src/http/playground/operations');
const operation = (name: string): string => readFileSync(resolve(OPERATIONS, `${name}.graphql`), 'utf8');
const [ARTICLE, FRONT, SECTION, SEARCH] = ['article-page', 'front-page', 'section-listing', 'search'].map(
  operation,
) as [string, string, string, string];
const TAG = `query TagPage($edition: EditionCode!, $slug: String!) { edition(code: $edition) { id tag(slug: $slug) { id name
  articles(first: 20) { nodes { id headline url publishedAt authors { id name } } pageInfo { hasNextPage endCursor } } } } }`;

/** Of a thousand views; the rest are articles. */
const [FRONTS, SECTIONS, TAG_PAGES, SEARCHES] = [200, 120, 50, 20] as const;
/** Of a thousand readers of articles in English, while there is one that everybody wants. */
const RUSH = 250;
/** Of ten searches, those that nobody else makes. */
const RARE_SEARCHES = 3;
/** A new story is among so many first. */
const NEW_AMONG = 20;

const pickEdition = (dice: Dice): EditionName => {
  const share = dice.below(10);
  return share < 5 ? 'en' : share < 8 ? 'es' : 'ar';
};

const articleView = (story: Story): View => ({
  key: `article ${story.edition} ${story.slug}`,
  query: ARTICLE,
  variables: { edition: story.edition.toUpperCase(), slug: story.slug },
});

/** Readers that come one after the other: their choice of pages is the same for the same seed. */
export const createReaders = ({ seed, stories, archive, exponent }: ReadersOptions): Readers => {
  const dice = createDice(seed);
  /** By edition, the most wanted first: the newest, with some luck. */
  const shelves = new Map(
    EDITIONS.map((edition) => {
      const luck = new Map(stories.map((story) => [story, (1 + dice.below(100)) / 25]));
      const age = (story: Story): number => -story.publishedAt;
      const newest = stories.filter((story) => story.edition === edition).toSorted((a, b) => age(a) - age(b));
      const place = new Map(newest.map((story, index) => [story, (index + 1) / (luck.get(story) ?? 1)]));
      return [edition, newest.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))] as const;
    }),
  );
  const longest = Math.max(...[...shelves.values()].map(({ length }) => length));
  const pickPlace = createZipf(exponent, longest + archive);
  let wanted: Story | undefined;
  let searches = 0;
  const share = (): number => dice.below(1e9) / 1e9;

  const openArticle = (edition: EditionName): View => {
    if (edition === 'en' && wanted !== undefined && dice.below(1_000) < RUSH) return articleView(wanted);
    const shelf = shelves.get(edition) ?? [];
    const place = pickPlace(share());
    const story = shelf[place];
    if (story !== undefined) return articleView(story);
    // An old one: as the last that are written out.
    const like = shelf[shelf.length - 1 - (place % Math.ceil(shelf.length / 4))] as Story;
    return { ...articleView(like), key: `archive ${edition} ${place}`, own: [idOfStory(like), like.slug] };
  };
  const search = (edition: EditionName): View => {
    const words = dice.pick(searchedWords(edition));
    const view = { key: `search ${words}`, query: SEARCH, variables: { edition: edition.toUpperCase(), query: words } };
    if (dice.below(10) >= RARE_SEARCHES) return view;
    searches += 1;
    return { ...view, key: `search ${searches}`, own: [] };
  };

  return {
    next() {
      const edition = pickEdition(dice);
      const variables = { edition: edition.toUpperCase() };
      let left = dice.below(1_000);
      if (left < FRONTS) return { key: `front ${edition}`, query: FRONT, variables };
      left -= FRONTS;
      if (left < SECTIONS) {
        const path = dice.pick(sectionsOf(edition));
        return { key: `section ${edition} ${path}`, query: SECTION, variables: { ...variables, path } };
      }
      left -= SECTIONS;
      if (left < TAG_PAGES) {
        const slug = dice.pick(TAGS);
        return { key: `tag ${edition} ${slug}`, query: TAG, variables: { ...variables, slug } };
      }
      return left - TAG_PAGES < SEARCHES ? search(edition) : openArticle(edition);
    },
    show(story, isNew) {
      const shelf = shelves.get(story.edition) ?? [];
      const place = shelf.findIndex((one) => storyKey(one) === storyKey(story));
      if (place !== -1) shelf[place] = story;
      else if (isNew) shelf.splice(dice.below(NEW_AMONG), 0, story);
      if (wanted !== undefined && storyKey(wanted) === storyKey(story)) wanted = story;
    },
    rush: (story) => (wanted = story),
  };
};
