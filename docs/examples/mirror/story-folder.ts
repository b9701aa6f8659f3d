import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stories as files of a folder, and how far they go. */
export interface StoryFolder {
  /** Null: there is nothing yet, or what there was is to be dropped. */
  readCursor(): Promise<string | null>;
  saveCursor(cursor: string): Promise<void>;
  save(id: string, story: unknown): Promise<void>;
  remove(id: string): Promise<void>;
  /** Takes a story out of sight, until it is known whether it is gone. */
  doubt(id: string): Promise<void>;
  /** Those that have been out of sight for so long. */
  doubts(forMs: number): Promise<readonly string[]>;
  /** Drops the cursor first: whoever is killed in between drops the rest when it begins again. */
  drop(): Promise<void>;
}

/** @param folder made when it is not there. */
export const openStoryFolder = async (folder: string): Promise<StoryFolder> => {
  const stories = join(folder, 'stories');
  const doubted = join(folder, 'doubted');
  await mkdir(stories, { recursive: true });
  await mkdir(doubted, { recursive: true });
  const cursorFile = join(folder, 'cursor');
  // Under its name only when it is whole: a reader, or who begins again after a kill, never sees half a file.
  const write = async (file: string, text: string): Promise<void> => {
    await writeFile(`${file}.new`, text, { flush: true });
    await rename(`${file}.new`, file);
  };
  const fileOf = (where: string, id: string): string => join(where, `${id}.json`);
  const unlink = (where: string, id: string): Promise<void> => rm(fileOf(where, id), { force: true });
  return {
    readCursor: () => readFile(cursorFile, 'utf8').catch(() => null),
    saveCursor: (cursor) => write(cursorFile, cursor),
    async save(id, story) {
      await write(fileOf(stories, id), JSON.stringify(story, null, 2));
      await unlink(doubted, id);
    },
    async remove(id) {
      await unlink(stories, id);
      await unlink(doubted, id);
    },
    async doubt(id) {
      const now = new Date();
      try {
        await utimes(fileOf(stories, id), now, now);
        await rename(fileOf(stories, id), fileOf(doubted, id));
      } catch {
        // What is not there is in no doubt.
      }
    },
    async doubts(forMs) {
      const old: string[] = [];
      for (const name of await readdir(doubted))
        if ((await stat(join(doubted, name))).mtimeMs <= Date.now() - forMs) old.push(name.replace(/\.json$/, ''));
      return old;
    },
    async drop() {
      await rm(cursorFile, { force: true });
      for (const where of [stories, doubted]) for (const name of await readdir(where)) await rm(join(where, name));
    },
  };
};
