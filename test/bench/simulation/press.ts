import type { Instant } from '../../../src/clock.ts';
import { parseEditionCode, type Edition } from '../../../src/content/edition.ts';
import type { CacheTag } from '../../../src/content/tags.ts';
import type { Database } from '../../../src/database/database.ts';
import { importDocuments } from '../../../src/ingest/import-documents.ts';
import { addEngagement } from '../../../src/stores/postgres/add-engagement.ts';
import { linesOf } from '../../support/import-lines.ts';
import { createDice } from '../../support/dice.ts';
import { makeEdit, noteEdit, storyKey, type Desk, type Edit } from '../over-eviction/edits.ts';
import {
  foundNewsroom,
  idOfStory,
  inventStory,
  lineOf,
  SOURCE,
  type EditionName,
  type Line,
  type Story,
} from '../over-eviction/newsroom.ts';

/** What the desks did: the story it was about, and the names of everything that is no longer what it was. */
export interface Published {
  readonly kind: string;
  readonly story: Story | undefined;
  readonly isNew: boolean;
  readonly tags: readonly CacheTag[];
}

/** The desks of three editions, writing to one database as publishing systems do. */
export interface Press {
  readonly stories: readonly Story[];
  /** Something an editor does; refused ones are made again. */
  edit(): Promise<Published>;
  /** A breaking story in English. */
  breakNews(): Promise<Published>;
  /** A line more in `story`. */
  follow(story: Story): Promise<Published>;
}

export interface PressOptions {
  readonly database: Database;
  readonly editions: readonly Edition[];
  readonly clock: { now(): Instant };
  readonly seed: number;
  readonly counts: Readonly<Record<EditionName, number>>;
}

const PARAGRAPHS = 12;
const HOUR_MS = 3_600_000;
const paragraph = (words: string, number: number): string =>
  `<p>${`Part ${number}: ${words}. `.repeat(Math.ceil(320 / (words.length + 10)))}</p>`;

/** A line with a text as long as a story has: some 4,000 letters. */
const withBody = (line: Line): Line =>
  typeof line['html'] === 'string' && typeof line['headline'] === 'string'
    ? {
        ...line,
        html:
          line['html'] +
          Array.from({ length: PARAGRAPHS }, (_, at) => paragraph(String(line['headline']), at)).join(''),
      }
    : line;

/** Founds the newsroom in an empty, migrated `database`; its newest stories have been read, so that rankings have something to rank. */
export const createPress = async ({ database, editions, clock, seed, counts }: PressOptions): Promise<Press> => {
  const dice = createDice(seed);
  const { lines, stories } = foundNewsroom(seed, counts);
  const desk: Desk = {
    stories: new Map(stories.map((story) => [storyKey(story), story])),
    takenDown: new Set(),
    next: 0,
  };

  const write = async (written: readonly Line[]): Promise<boolean> => {
    const source = linesOf(written.map(withBody));
    return (await importDocuments({ database, editions, clock }, source, { source: SOURCE })).badCount === 0;
  };
  const takeTold = async (): Promise<readonly CacheTag[]> => {
    const told = await database.query<{ readonly tags: readonly CacheTag[] }>('DELETE FROM outbox RETURNING tags');
    return [...new Set(told.flatMap(({ tags }) => tags))];
  };
  /** Undefined when it was refused. */
  const publish = async (edit: Edit): Promise<Published | undefined> => {
    if (!(await write(edit.lines))) return undefined;
    noteEdit(edit, desk);
    return { kind: edit.kind, story: edit.after, isNew: edit.before === undefined, tags: await takeTold() };
  };
  const publishSurely = async (edit: Edit): Promise<Published> => {
    const published = await publish(edit);
    if (published === undefined) throw new TypeError(`refused: ${edit.kind}`);
    return published;
  };

  if (!(await write(lines))) throw new TypeError('The newsroom does not import');
  const hour = Math.floor(clock.now() / HOUR_MS) * HOUR_MS;
  await addEngagement(
    database,
    stories.map((story) => {
      const age = (clock.now() - story.publishedAt) / HOUR_MS;
      const views = Math.ceil((2_000 + dice.below(8_000)) / (1 + age));
      return {
        id: idOfStory(story),
        edition: parseEditionCode(story.edition) ?? 'EN',
        hour,
        views,
        shares: views >> 5,
      };
    }),
  );
  await takeTold();

  return {
    stories,
    async edit() {
      for (;;) {
        const edit = makeEdit(dice, desk, clock.now());
        // Takedowns go past the importer, and are too few to be seen in a rate.
        const published = edit.order === undefined ? await publish(edit) : undefined;
        if (published !== undefined) return published;
      }
    },
    async breakNews() {
      desk.next += 1;
      const born = inventStory(dice, 'en', `breaking-${desk.next}`, clock.now());
      const after: Story = { ...born, kind: 'NEWS', breaking: true };
      return publishSurely({ kind: 'breaking news', lines: [lineOf(after)], after });
    },
    async follow(story) {
      const before = desk.stories.get(storyKey(story)) ?? story;
      desk.next += 1;
      const after = {
        ...before,
        updatedAt: clock.now(),
        words: `${before.words} more`,
        byline: `The desk, ${desk.next}`,
      };
      return publishSurely({ kind: 'a line more', lines: [lineOf(after)], before, after });
    },
  };
};
