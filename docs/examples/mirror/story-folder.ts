import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stories as files of a folder, and how far they go. */
export interface StoryFolder {
  /** Null: there is nothing yet, or what there was is to be dropped. */
  readCursor(): Promise<string | null>;
  saveCursor(cursor: string): Promise<void>;
  save(id: string, story: unknown): Promise<void>;
  remove(id: string): Promise<void>;
  /** Drops the cursor first: whoever is killed in between drops the rest when it begins again. */
  drop(): Promise<void>;
}

/** @param folder made when it is not there. */
export const openStoryFolder = async (folder: string): Promise<StoryFolder> => {
  const stories = join(folder, 'stories');
  await mkdir(stories, { recursive: true });
  const cursorFile = join(folder, 'cursor');
  // Under its name only when it is whole: a reader, or who begins again after a kill, never sees half a file.
  const write = async (file: string, text: string): Promise<void> => {
    await writeFile(`${file}.new`, text, { flush: true });
    await rename(`${file}.new`, file);
  };
  return {
    readCursor: () => readFile(cursorFile, 'utf8').catch(() => null),
    saveCursor: (cursor) => write(cursorFile, cursor),
    save: (id, story) => write(join(stories, `${id}.json`), JSON.stringify(story, null, 2)),
    remove: (id) => rm(join(stories, `${id}.json`), { force: true }),
    async drop() {
      await rm(cursorFile, { force: true });
      for (const name of await readdir(stories)) await rm(join(stories, name));
    },
  };
};
