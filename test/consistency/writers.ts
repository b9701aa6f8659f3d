import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import type { ChangeKind } from '../../src/changes/change.ts';
import type { Config } from '../../src/config/load.ts';
import type { Database } from '../../src/database/database.ts';
import { liftTakedown, takeDown } from '../../src/ingest/takedown.ts';
import type { Announcer } from './announcer.ts';
import { listName, SECTIONS, type ContentWriter, type Story } from './newsroom.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';

/** How often each kind of write is made, by weight. */
export interface WriteMix {
  /** By the import code: content and outbox in one transaction. */
  readonly edit: number;
  /** Over the importer's head: only what is announced tells of it. */
  readonly editInPlace: number;
  readonly move: number;
  readonly withdraw: number;
  /** As `masthead takedown`. */
  readonly takeDown: number;
}

export interface WritersOptions {
  readonly recorder: Recorder;
  readonly random: Random;
  readonly stories: readonly Story[];
  readonly content: ContentWriter;
  readonly database: Database;
  readonly config: Config;
  readonly announcer: Announcer;
  readonly writers: number;
  /** Between two writes of one writer, on average. */
  readonly pauseMs: number;
  readonly mix: WriteMix;
  readonly onMistake: (error: unknown) => void;
}

export interface Writers {
  start(): void;
  /** The stories of the last few writes. */
  recent(): readonly Story[];
  /** Runs `work` while nothing is being written or announced. */
  alone(work: () => Promise<void>): Promise<void>;
  /** Gives `story` a new version in the recorder's books, in whatever state it is now. */
  begin(story: Story, isWithdrawal?: boolean): number;
  committed(story: Story, version: number): void;
  announce(story: Story, version: number, kind: ChangeKind): Promise<void>;
  /** What is under way is finished, or given up. */
  stop(isGivenUp?: boolean): Promise<void>;
  written(): number;
}

const RECENT = 6;

const pickByWeight = (mix: WriteMix, random: Random): keyof WriteMix => {
  const entries = Object.entries(mix) as [keyof WriteMix, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return 'edit';
};

/** Writers who each take a story nobody else is writing, give it a new version and announce it. */
export const createWriters = (options: WritersOptions): Writers => {
  const { recorder, random, stories, content, database, config, announcer, pauseMs, mix } = options;
  const busy = new Set<Story>();
  const running: Promise<void>[] = [];
  let recent: Story[] = [];
  let lastVersion = stories.reduce((last, { version }) => Math.max(last, version), 0);
  let written = 0;
  let isPaused = false;
  let isGivenUp = false;
  const end = new AbortController();

  const begin = (story: Story, isWithdrawal = false): number => {
    lastVersion += 1;
    story.version = lastVersion;
    const lists = story.isHidden ? [] : [listName(story.desk, 'all'), listName(story.desk, story.section)];
    recorder.take({
      event: 'write',
      at: performance.now(),
      article: story.key,
      version: lastVersion,
      lists,
      isWithdrawal,
    });
    return lastVersion;
  };
  const committed = ({ key }: Story, version: number): void => {
    recorder.take({ event: 'commit', at: performance.now(), article: key, version });
  };
  const announce = async (story: Story, version: number, kind: ChangeKind): Promise<void> => {
    const pending = await announcer.announce(story, kind, () => isGivenUp);
    if (pending === undefined) return;
    recorder.take({ event: 'acknowledgement', at: performance.now(), article: story.key, version, pending });
  };

  /** Changes the story as `kind` says, in the books and in the database; what is to be announced of it. */
  const write = async (story: Story, kind: keyof WriteMix): Promise<{ version: number; said: ChangeKind }> => {
    const before = story.version;
    const order = { editions: config.editions, now: systemClock.now() };
    if (story.isHidden) {
      const { hiddenBy } = story;
      story.isHidden = false;
      story.hiddenBy = undefined;
      const version = begin(story);
      await content.importStories([story]);
      // The order is lifted last: until then nobody sees what the import wrote, and never again what was there before.
      if (hiddenBy === 'order') await liftTakedown(database, story.id ?? '', order);
      if (story.id === undefined) await content.loadIds([story]);
      return { version, said: 'PUBLISH' };
    }
    if (kind === 'withdraw' || kind === 'takeDown') {
      story.isHidden = true;
      story.hiddenBy = kind === 'withdraw' ? 'import' : 'order';
      const version = begin(story, true);
      if (kind === 'withdraw') await content.importStories([story]);
      else await takeDown(database, story.id ?? '', order);
      return { version, said: 'KILL' };
    }
    if (kind === 'move') story.section = random.pick(SECTIONS.filter((section) => section !== story.section));
    const version = begin(story);
    if (kind === 'editInPlace') await content.editInPlace(story, before);
    else await content.importStories([story]);
    return { version, said: 'UPDATE' };
  };

  const writeOne = async (story: Story): Promise<void> => {
    const { version, said } = await write(story, pickByWeight(mix, random));
    committed(story, version);
    written += 1;
    recent = [story, ...recent.filter((other) => other !== story)].slice(0, RECENT);
    await announce(story, version, said);
  };

  const run = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await pause(random.between(0, 2 * pauseMs));
      const story = random.pick(stories);
      if (isPaused || end.signal.aborted || busy.has(story)) continue;
      busy.add(story);
      try {
        await writeOne(story);
      } finally {
        busy.delete(story);
      }
    }
  };

  return {
    start() {
      for (let count = 0; count < options.writers; count += 1) running.push(run().catch(options.onMistake));
    },
    recent: () => recent,
    async alone(work) {
      isPaused = true;
      try {
        while (busy.size > 0) await pause(5);
        await work();
      } finally {
        isPaused = false;
      }
    },
    begin,
    committed,
    announce,
    async stop(giveUp = false) {
      end.abort();
      isGivenUp = giveUp;
      await Promise.all(running);
    },
    written: () => written,
  };
};
