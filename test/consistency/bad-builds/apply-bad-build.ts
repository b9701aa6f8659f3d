import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBadBuild, type Patch } from './bad-builds.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/**
 * `source` with `patch` applied.
 *
 * @throws when the text it replaces is not there exactly once: the code has moved on, and the patch must follow.
 */
export const applyPatch = (source: string, { file, find, replace }: Patch): string => {
  const count = source.split(find).length - 1;
  if (count !== 1) throw new Error(`A patch of ${file} no longer fits: its text is there ${count} times: ${find}`);
  return source.replace(find, () => replace);
};

/** From now on, files of the gateway are loaded as the bad build `name` has them. */
export const applyBadBuild = (name: string): void => {
  const { patches } = findBadBuild(name);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith('file:')) return loaded;
      const path = fileURLToPath(url);
      const wanted = patches.filter(({ file }) => resolve(ROOT, file) === path);
      if (wanted.length === 0) return loaded;
      return { ...loaded, source: wanted.reduce(applyPatch, String(loaded.source)) };
    },
  });
};
