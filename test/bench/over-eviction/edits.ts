import type { Instant } from '../../../src/clock.ts';
import type { Dice } from '../../support/dice.ts';
import {
  anotherWord,
  AUTHORS,
  COMING_AUTHORS,
  COMING_TAGS,
  comingSectionsOf,
  DAY_MS,
  inventStory,
  KINDS,
  lineOf,
  MINUTE_MS,
  OLD_ADDRESSES,
  sectionsOf,
  TAGS,
  type EditionName,
  type Line,
  type Story,
} from './newsroom.ts';

/** Something an editor does. */
export interface Edit {
  readonly kind: string;
  readonly lines: readonly Line[];
  /** The story it is about, as it was and as it is; a new one was not. */
  readonly before?: Story;
  readonly after?: Story;
  /** By order, not by a line. */
  readonly order?: 'take down' | 'lift';
}

/** The stories there are, by edition and key, and who turns up next. */
export interface Desk {
  readonly stories: Map<string, Story>;
  readonly takenDown: Set<string>;
  next: number;
}

export const storyKey = ({ edition, key }: Pick<Story, 'edition' | 'key'>): string => `${edition}:${key}`;

type Change = (story: Story, dice: Dice, now: Instant, desk: Desk) => Partial<Story>;
/** Which stories a change is made to; absent: any. */
type Choice = (story: Story, now: Instant) => boolean;

const isFresh: Choice = ({ publishedAt }, now) => publishedAt > now - 2 * DAY_MS;
const isUnderEmbargo: Choice = ({ embargoedUntil }, now) => (embargoedUntil ?? 0) > now;
const retag: Change = (_story, dice) => ({ tags: dice.some([...TAGS, ...COMING_TAGS], 1 + dice.below(4)) });

const OLD_PATHS = Array.from({ length: OLD_ADDRESSES }, (_, index) => `old/${index}`);

/** Where there is more to do, more is done. */
const pickEdition = (dice: Dice, { stories }: Desk): EditionName => dice.pick([...stories.values()]).edition;

/** The group of a story told elsewhere, or none. */
const join: Change = ({ edition, group }, dice, _now, { stories }) => {
  const others = [...stories.values()].filter((story) => story.edition !== edition && story.group !== null);
  return { group: group === null || dice.chance(0.7) ? dice.pick(others).group : null };
};

/** How often of a thousand, and what becomes of a story. */
const CHANGES: Readonly<Record<string, readonly [weight: number, change: Change, choice?: Choice]>> = {
  'typo in a headline': [150, (story) => ({ headline: `${story.headline}.` })],
  'typo in a body': [120, (story, dice) => ({ words: `${story.words} ${anotherWord(dice, story)}`.slice(-200) })],
  byline: [50, (_story, dice) => ({ byline: `The desk, ${dice.below(1_000)}` })],
  correction: [80, (story, dice) => ({ corrections: [...story.corrections, `Correction ${dice.below(1_000)}`] })],
  tags: [80, retag],
  'tags of the archive': [10, retag, (story, now) => !isFresh(story, now)],
  authors: [40, (_story, dice) => ({ authors: dice.some([...AUTHORS, ...COMING_AUTHORS], 1 + dice.below(2)) })],
  'further sections': [30, ({ edition }, dice) => ({ sections: dice.some(sectionsOf(edition), dice.below(3)) })],
  move: [40, ({ edition }, dice) => ({ section: dice.pick(sectionsOf(edition)) })],
  kind: [20, (_story, dice) => ({ kind: dice.pick(KINDS) })],
  breaking: [30, ({ breaking }) => ({ breaking: !breaking, breakingUntil: null })],
  'end of breaking': [10, (_story, dice, now) => ({ breaking: true, breakingUntil: now + dice.below(90) * MINUTE_MS })],
  embargo: [20, (_story, dice, now) => ({ embargoedUntil: now + (10 + dice.below(90)) * MINUTE_MS })],
  'embargo lifted': [20, () => ({ embargoedUntil: null }), isUnderEmbargo],
  'embargo moved': [10, (_story, dice, now) => ({ embargoedUntil: now + dice.below(90) * MINUTE_MS }), isUnderEmbargo],
  expiry: [10, (_story, dice, now) => ({ expiresAt: now + (dice.below(120) - 20) * MINUTE_MS })],
  're-dating': [20, (_story, dice, now) => ({ publishedAt: now - dice.below(5 * 1_440) * MINUTE_MS })],
  postponement: [10, (_story, dice, now) => ({ publishedAt: now + (5 + dice.below(60)) * MINUTE_MS })],
  rename: [30, (story, dice) => ({ slug: `story-${story.key}-${dice.below(1_000)}` })],
  alias: [15, (_story, dice) => ({ aliases: dice.some(OLD_PATHS, 2) })],
  'translation group': [20, join],
  rights: [10, (_story, dice) => ({ syndication: dice.pick(['FULL', 'EXCERPT', 'NONE']) })],
  withdrawal: [15, ({ isWithdrawn }) => ({ isWithdrawn: !isWithdrawn })],
};

type Make = (dice: Dice, desk: Desk, now: Instant) => Omit<Edit, 'kind'>;

const taxonomy =
  (line: (edition: EditionName, dice: Dice) => Line): Make =>
  (dice, desk) => ({
    lines: [line(pickEdition(dice, desk), dice)],
  });

/** What is no change of a story there is. */
const OTHERS: Readonly<Record<string, readonly [weight: number, make: Make]>> = {
  'new story': [
    200,
    (dice, desk, now) => {
      desk.next += 1;
      const age = dice.chance(0.1) ? -30 * MINUTE_MS : dice.chance(0.1) ? 10 * DAY_MS : dice.below(30) * MINUTE_MS;
      const after = inventStory(dice, pickEdition(dice, desk), `new-${desk.next}`, now - age);
      return { lines: [lineOf(after)], after };
    },
  ],
  takedown: [
    15,
    (dice, desk) => {
      const story = dice.pick([...desk.stories.values()]);
      const order = desk.takenDown.has(storyKey(story)) ? 'lift' : 'take down';
      if (order === 'lift') desk.takenDown.delete(storyKey(story));
      else desk.takenDown.add(storyKey(story));
      return { lines: [], before: story, after: story, order };
    },
  ],
  'section renamed': [
    10,
    taxonomy((edition, dice) => {
      const position = dice.below(sectionsOf(edition).length);
      const path = sectionsOf(edition)[position];
      return { type: 'section', edition, path, position, name: `Name ${dice.below(1_000)} of ${path}` };
    }),
  ],
  'section made or moved': [
    10,
    taxonomy((edition, dice) => {
      const path = dice.pick([dice.pick(comingSectionsOf(edition)), dice.pick(sectionsOf(edition))]);
      return { type: 'section', edition, path, name: `Name of ${path}`, position: dice.below(20) };
    }),
  ],
  'tag renamed': [
    10,
    taxonomy((edition, dice) => ({
      type: 'tag',
      edition,
      slug: dice.pick([...TAGS, ...COMING_TAGS]),
      name: `Name ${dice.below(1_000)}`,
      translationGroup: `tag:${dice.pick(TAGS)}`,
    })),
  ],
  'author rewritten': [
    10,
    taxonomy((edition, dice) => ({
      type: 'author',
      edition,
      slug: dice.pick([...AUTHORS, ...COMING_AUTHORS]),
      name: `Name ${dice.below(3)}`,
      bio: `Bio ${dice.below(1_000)}`,
    })),
  ],
  'live stream': [
    5,
    taxonomy((edition, dice) => ({
      type: 'live',
      edition,
      title: `Live ${dice.below(1_000)}`,
      url: 'https://live.example/',
      startedAt: '2026-11-23T06:00:00Z',
    })),
  ],
};

/** The kinds of edits there are. */
export const EDIT_KINDS: readonly string[] = [...Object.keys(CHANGES), ...Object.keys(OTHERS)];

const WEIGHTS = EDIT_KINDS.map((kind) => [kind, (CHANGES[kind] ?? OTHERS[kind])?.[0] ?? 0] as const);
const WEIGHED = WEIGHTS.flatMap(([kind, weight]) => Array.from({ length: weight / 5 }, () => kind));

/** One edit as they come in a newsroom; `kind` given: of that kind. */
export const makeEdit = (dice: Dice, desk: Desk, now: Instant, kind: string = dice.pick(WEIGHED)): Edit => {
  const other = OTHERS[kind]?.[1];
  if (other !== undefined) return { kind, ...other(dice, desk, now) };
  const [, change, choice] = CHANGES[kind] ?? [];
  if (change === undefined) throw new TypeError(`no edit is called ${kind}`);
  const stories = [...desk.stories.values()];
  const chosen = stories.filter((story) => choice?.(story, now) ?? true);
  const fresh = chosen.filter((story) => isFresh(story, now));
  // Today's stories are worked on, the archive now and then.
  const before = dice.pick(
    [fresh, chosen, stories].find((some, index) => some.length > 0 && (index > 0 || dice.chance(0.8))) ?? [],
  );
  // A second later than any before, however still the clock stands.
  desk.next += 1;
  const updatedAt = now - 10 * DAY_MS + desk.next * 1_000;
  const after: Story = { ...before, ...change(before, dice, now, desk), updatedAt };
  return { kind, lines: [lineOf(after)], before, after };
};

/** What `edit` leaves on the desk. */
export const noteEdit = ({ after, order }: Edit, { stories }: Desk): void => {
  if (after !== undefined && order === undefined) stories.set(storyKey(after), after);
};
