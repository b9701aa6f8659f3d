import type { Instant } from '../../../src/clock.ts';
import { createTombstoneRegister } from '../../../src/changes/tombstone-register.ts';
import type { CacheTag } from '../../../src/content/tags.ts';
import type { TombstoneOrder } from '../../../src/content/tombstones.ts';
import type { Edition } from '../../../src/content/edition.ts';
import type { Database, Row } from '../../../src/database/database.ts';
import { importDocuments } from '../../../src/ingest/import-documents.ts';
import { liftTakedown, takeDown } from '../../../src/ingest/takedown.ts';
import { linesOf } from '../../support/import-lines.ts';
import type { Edit } from './edits.ts';
import { idOfStory, SOURCE, type Line } from './newsroom.ts';
import type { Question } from './questions.ts';
import { createReader, type Reading } from './read-answer.ts';

/** What was told of an edit. */
export interface Told extends Row {
  readonly kind: string;
  readonly tags: readonly CacheTag[];
  readonly tombstone: TombstoneOrder | null;
}

/** What a gateway that told its changes otherwise would have told. */
export type Telling = (told: readonly Told[], edit: Edit) => readonly CacheTag[];

/** What an edit did to the answers that were held. */
export interface EditResult {
  readonly kind: string;
  readonly tags: number;
  readonly held: number;
  readonly differing: number;
  readonly ended: number;
  /** Ended, and made again as they were. */
  readonly needless: readonly string[];
  /** Held on, and no longer true: there may be none. */
  readonly missed: readonly string[];
  /** By each other way of telling: whether it missed any. */
  readonly missedBy: ReadonlySet<string>;
}

export interface WatchOptions {
  readonly database: Database;
  readonly clock: { now(): Instant };
  readonly editions: readonly Edition[];
  readonly questions: readonly Question[];
  readonly tellings?: Readonly<Record<string, Telling>>;
}

/** Questions answered at the same time. */
const AT_ONCE = 6;

const isHit = ({ tags }: Reading, changed: ReadonlySet<CacheTag>): boolean => [...tags].some((tag) => changed.has(tag));

/** Holds answers as a cache does that knows nothing but their tags and boundaries, and reads each again after every edit. */
export const createWatch = async ({ database, clock, editions, questions, tellings = {} }: WatchOptions) => {
  const tombstones = createTombstoneRegister();
  const read = createReader({ database, clock, editions, tombstones });
  const held = new Map<Question, Reading>();

  const write = async (lines: readonly Line[]): Promise<boolean> => {
    const { badCount } = await importDocuments({ database, editions, clock }, linesOf(lines), { source: SOURCE });
    return badCount === 0;
  };
  const takeTold = async (): Promise<readonly Told[]> => {
    const told = await database.query<Told>('DELETE FROM outbox RETURNING kind, tags, tombstone');
    for (const { tombstone } of told) if (tombstone !== null) tombstones.carryOut(tombstone);
    return told;
  };
  const readAll = async (): Promise<ReadonlyMap<Question, Reading>> => {
    const readings = new Map<Question, Reading>();
    const left = questions.values();
    const work = async (): Promise<void> => {
      for (const question of left) readings.set(question, await read(question));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return readings;
  };
  const carryOut = async (edit: Edit): Promise<boolean> => {
    if (edit.order === undefined || edit.before === undefined) return write(edit.lines);
    const order = edit.order === 'take down' ? takeDown : liftTakedown;
    await order(database, idOfStory(edit.before), { editions, now: clock.now() });
    return true;
  };

  for (const [question, reading] of await readAll()) held.set(question, reading);
  await takeTold();

  return {
    /** Carries `edit` out; undefined when it was refused. */
    async edit(edit: Edit): Promise<EditResult | undefined> {
      if (!(await carryOut(edit))) return undefined;
      const told = await takeTold();
      const changed = new Set(told.flatMap(({ tags }) => tags));
      const others = Object.entries(tellings).map(([name, tell]) => [name, new Set(tell(told, edit))] as const);
      const missedBy = new Set<string>();
      const [needless, missed]: [string[], string[]] = [[], []];
      let [differing, ended] = [0, 0];
      const gone = edit.order === 'take down' && edit.before !== undefined ? idOfStory(edit.before) : undefined;
      for (const [question, fresh] of await readAll()) {
        const old = held.get(question) as Reading;
        const isWrong =
          old.settled !== fresh.settled ||
          (gone !== undefined && old.text.includes(gone) && !fresh.text.includes(gone));
        const isEnded = isHit(old, changed);
        const name = `${question.name} ${JSON.stringify(question.variables)}`;
        if (isWrong) differing += 1;
        if (isWrong && !isEnded) missed.push(name);
        if (isWrong) for (const [other, tags] of others) if (!isHit(old, tags)) missedBy.add(other);
        if (isEnded) ended += 1;
        if (isEnded && old.text === fresh.text && old.boundaryAt === fresh.boundaryAt) needless.push(name);
        // What was missed is told once.
        if (isEnded || isWrong) held.set(question, fresh);
      }
      return { kind: edit.kind, tags: changed.size, held: held.size, differing, ended, needless, missed, missedBy };
    },

    /** The clock has moved: what ended by itself is read anew. @returns what had not, and is no longer true. */
    async pass(): Promise<readonly string[]> {
      const missed: string[] = [];
      for (const [question, fresh] of await readAll()) {
        const old = held.get(question) as Reading;
        const isOver = old.boundaryAt !== null && old.boundaryAt <= clock.now();
        const isWrong = old.settled !== fresh.settled;
        if (isWrong && !isOver && !question.isRanked) missed.push(question.name);
        if (isWrong || isOver || question.isRanked) held.set(question, fresh);
      }
      return missed;
    },
  };
};
