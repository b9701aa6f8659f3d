import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBadBuild } from './bad-builds.ts';
import { applyPatch } from './patch.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

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
      return {
        ...loaded,
        source: wanted.reduce(applyPatch, Buffer.from(loaded.source as string | Uint8Array).toString()),
      };
    },
  });
};
