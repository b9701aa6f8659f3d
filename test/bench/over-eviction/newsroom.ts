import type { Instant } from '../../../src/clock.ts';
import { parseEditionCode } from '../../../src/content/edition.ts';
import { idOf, type ArticleId } from '../../../src/content/ids.ts';
import { createDice, type Dice } from '../../support/dice.ts';

/** The instant at which the newsroom is opened. */
export const OPENING: Instant = Date.UTC(2026, 10, 23, 12);
/** The publishing system of every story. */
export const SOURCE = 'newsroom';

export const MINUTE_MS = 60_000;
export const DAY_MS = 1_440 * MINUTE_MS;

export type EditionName = 'en' | 'ar' | 'es';
export const EDITIONS: readonly EditionName[] = ['en', 'ar', 'es'];

/** A line of an import file. */
export type Line = Readonly<Record<string, unknown>>;

/** A story as its publishing system holds it. */
export interface Story {
  readonly edition: EditionName;
  readonly key: string;
  readonly slug: string;
  readonly kind: string;
  readonly headline: string;
  readonly standfirst: string;
  readonly byline: string;
  readonly words: string;
  readonly section: string;
  readonly sections: readonly string[];
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  readonly breaking: boolean;
  readonly breakingUntil: Instant | null;
  readonly embargoedUntil: Instant | null;
  readonly expiresAt: Instant | null;
  readonly syndication: string;
  readonly group: string | null;
  readonly aliases: readonly string[];
  readonly corrections: readonly string[];
  /** Path of the story it sends its readers on to. */
  readonly readMore: string | null;
  readonly isWithdrawn: boolean;
}

const words = (edition: EditionName): readonly string[] => WORDS[edition];
const WORDS: Readonly<Record<EditionName, readonly string[]>> = {
  en: ['grain', 'harbour', 'talks', 'election', 'strike', 'flood', 'museum', 'ferry', 'vaccine', 'budget'],
  ar: ['الحبوب', 'الميناء', 'محادثات', 'انتخابات', 'إضراب', 'فيضان', 'متحف', 'عبّارة', 'لقاح', 'ميزانية'],
  es: [
    'granos',
    'puerto',
    'negociaciones',
    'elecciones',
    'huelga',
    'inundación',
    'museo',
    'barco',
    'vacuna',
    'presupuesto',
  ],
};

const ROOTS: Readonly<Record<EditionName, readonly [string, string, string]>> = {
  en: ['news', 'world', 'video'],
  ar: ['أخبار', 'العالم', 'فيديو'],
  es: ['noticias', 'mundo', 'video'],
};
/** Paths of the sections there are from the start, parents first. */
export const sectionsOf = (edition: EditionName): readonly string[] => {
  const [news, world, video] = ROOTS[edition];
  return [news, `${news}/politics`, `${news}/economy`, `${news}/sport`, world, `${world}/asia`, video];
};
/** Those that are made later. */
export const comingSectionsOf = (edition: EditionName): readonly string[] => [
  `${ROOTS[edition][0]}/health`,
  `${ROOTS[edition][1]}/africa`,
];
const numbered = (word: string, first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${word}-${first + index}`);
export const TAGS = numbered('tag', 0, 8);
export const COMING_TAGS = numbered('tag', 8, 3);
export const AUTHORS = numbered('author', 0, 4);
export const COMING_AUTHORS = numbered('author', 4, 2);
/** Addresses from before the gateway that stories claim: few, so that they take them from each other. */
export const OLD_ADDRESSES = 3;
export const KINDS = ['NEWS', 'NEWS', 'NEWS', 'OPINION', 'ANALYSIS', 'VIDEO', 'LIVE_BLOG'] as const;

export const pathOf = ({ section, slug }: Pick<Story, 'section' | 'slug'>): string => `${section}/${slug}`;
export const idOfStory = ({ edition, key }: Pick<Story, 'edition' | 'key'>): ArticleId =>
  idOf.article(parseEditionCode(edition) ?? 'EN', SOURCE, key);

const instant = (at: Instant | null): string | undefined => (at === null ? undefined : new Date(at).toISOString());

/** `story` as a line of an import file. */
export const lineOf = (story: Story): Line => ({
  sourceId: story.key,
  edition: story.edition,
  slug: story.slug,
  kind: story.kind,
  headline: story.headline,
  standfirst: story.standfirst,
  byline: story.byline,
  section: story.section,
  sections: story.sections,
  tags: story.tags.map((slug) => ({ slug, name: `Name of ${slug}` })),
  authors: story.authors.map((slug) => ({ slug, name: `Name of ${slug}` })),
  publishedAt: instant(story.publishedAt),
  updatedAt: instant(story.updatedAt),
  breaking: story.breaking,
  breakingUntil: instant(story.breakingUntil),
  rights: {
    syndication: story.syndication,
    embargoedUntil: instant(story.embargoedUntil),
    expiresAt: instant(story.expiresAt),
  },
  translationGroup: story.group ?? undefined,
  aliases: story.aliases.map((path) => `/${path}`),
  corrections: story.corrections.map((text) => ({ text, correctedAt: instant(OPENING) })),
  withdrawnAt: story.isWithdrawn ? instant(OPENING) : undefined,
  html: `<p>${story.words}</p>${story.readMore === null ? '' : `<p class="read-more"><a href="/${story.readMore}">on</a></p>`}`,
});

/** A story nobody has told yet, published `minutesAgo`. */
export const inventStory = (dice: Dice, edition: EditionName, key: string, publishedAt: Instant): Story => {
  const [section = '', ...sections] = dice.some(sectionsOf(edition), dice.chance(0.3) ? 2 : 1);
  return {
    edition,
    key,
    slug: `story-${key}`,
    kind: dice.pick(KINDS),
    headline: `${dice.some(words(edition), 3).join(' ')} ${key}`,
    standfirst: dice.some(words(edition), 2).join(' '),
    byline: 'The desk',
    words: dice.some(words(edition), 6).join(' '),
    section,
    sections,
    tags: dice.some(TAGS, 1 + dice.below(4)),
    authors: dice.some(AUTHORS, 1 + dice.below(2)),
    publishedAt,
    updatedAt: publishedAt,
    breaking: dice.chance(0.1),
    breakingUntil: null,
    embargoedUntil: null,
    expiresAt: null,
    syndication: 'FULL',
    group: dice.chance(0.4) ? `group-${dice.below(12)}` : null,
    aliases: [],
    corrections: [],
    readMore: null,
    isWithdrawn: false,
  };
};

const named =
  (type: string, slugs: readonly string[]) =>
  (edition: EditionName): readonly Line[] =>
    slugs.map((slug) => ({ type, edition, slug, name: `Name of ${slug}`, translationGroup: `${type}:${slug}` }));

/** What a newsroom with so many stories in each edition begins with. */
export const foundNewsroom = (
  seed: number,
  counts: Readonly<Record<EditionName, number>>,
): { lines: readonly Line[]; stories: readonly Story[] } => {
  const dice = createDice(seed);
  const stories = EDITIONS.flatMap((edition) =>
    Array.from({ length: counts[edition] }, (_, index) => {
      // Most of today, a third of the archive.
      const age = index % 3 === 0 ? (3 + dice.below(60)) * DAY_MS : (1 + dice.below(1_500)) * MINUTE_MS;
      return inventStory(dice, edition, String(index), OPENING - age);
    }),
  );
  const linked = stories.map((story) => {
    const others = stories.filter(({ edition, key }) => edition === story.edition && key !== story.key);
    return dice.chance(0.3) ? { ...story, readMore: pathOf(dice.pick(others)) } : story;
  });
  const taxonomy = EDITIONS.flatMap((edition) => [
    ...sectionsOf(edition).map((path, position) => ({
      type: 'section',
      edition,
      path,
      name: `Name of ${path}`,
      position,
    })),
    ...named('tag', TAGS)(edition),
    ...named('author', AUTHORS)(edition),
    { type: 'live', edition, title: 'Live', url: 'https://live.example/' },
  ]);
  return { lines: [...taxonomy, ...linked.map(lineOf)], stories: linked };
};

/** Words readers look for. */
export const searchedWords = (edition: EditionName): readonly string[] => words(edition).slice(0, 3);

/** A word its text has not. */
export const anotherWord = (dice: Dice, story: Story): string =>
  dice.pick(words(story.edition).filter((word) => !story.words.includes(word)));
