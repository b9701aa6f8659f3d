import type { SharedTier } from '../../src/cache/shared-tier.ts';
import type { Entry } from '../../src/content/answer.ts';

/** A shared tier in the test's own memory, which says everything that was asked of it. */
export interface HandSharedTier extends SharedTier {
  /** Every question in order, `get KEY`, `set KEY`, `claim KEY`, `release KEY`. */
  readonly asked: string[];
  readonly entries: Map<string, Entry>;
  readonly claims: Set<string>;
}

/** An empty one. It looks at no epoch: a cache has to do that itself. */
export const createHandSharedTier = (pass: () => Promise<void> = () => Promise.resolve()): HandSharedTier => {
  const asked: string[] = [];
  const entries = new Map<string, Entry>();
  const claims = new Set<string>();
  return {
    claimMs: 1_000,
    asked,
    entries,
    claims,
    async get(key) {
      asked.push(`get ${key}`);
      const entry = entries.get(key);
      await pass();
      // A copy, as of another process.
      return entry === undefined ? undefined : { entry: { ...entry }, notes: {} };
    },
    set(key, entry) {
      asked.push(`set ${key}`);
      entries.set(key, entry);
    },
    async claim(key) {
      asked.push(`claim ${key}`);
      const isFree = !claims.has(key);
      if (isFree) claims.add(key);
      await pass();
      if (!isFree) return undefined;
      return {
        release: () => {
          asked.push(`release ${key}`);
          claims.delete(key);
        },
      };
    },
  };
};
