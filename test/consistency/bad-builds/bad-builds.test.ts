import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BAD_BUILDS, findBadBuild } from './bad-builds.ts';
import { applyPatch } from './patch.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

describe('bad builds', () => {
  it.each(BAD_BUILDS)('"$name" fits the code as it is', ({ patches }) => {
    const sources = new Map<string, string>();
    for (const patch of patches) {
      const source = sources.get(patch.file) ?? readFileSync(resolve(ROOT, patch.file), 'utf8');
      sources.set(patch.file, applyPatch(source, patch));
    }
    expect(patches.length).toBeGreaterThan(0);
  });

  it('have names of their own, and no other name is taken for one', () => {
    expect(new Set(BAD_BUILDS.map(({ name }) => name)).size).toBe(BAD_BUILDS.length);
    expect(() => findBadBuild('none')).toThrow(/^No bad build is called "none"\. There are: delete on purge, /);
  });
});

describe('applyPatch', () => {
  const patch = { file: 'file.ts', find: 'one', replace: '$& two' };

  it('replaces the one place where its text stands, to the letter', () => {
    expect(applyPatch('before one after', patch)).toBe('before $& two after');
  });
  it.each([
    ['nowhere', 'before after', 0],
    ['in two places', 'one and one', 2],
  ])('refuses a text that stands %s', (_, source, count) => {
    expect(() => applyPatch(source, patch)).toThrow(
      `A patch of file.ts no longer fits: its text is there ${count} times:\none`,
    );
  });
});
