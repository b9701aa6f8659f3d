import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { EntityTier } from '../../src/cache/entity-tier.ts';
import type { Shelf } from '../../src/cache/entity-shelf.ts';
import type { Follower } from '../../src/changes/follower.ts';
import { tagOf, type CacheTag } from '../../src/content/tags.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createHandFollower } from './hand-follower.ts';

const SLUGS = ['a', 'b'] as const;
type Slug = (typeof SLUGS)[number];

export type EntityStep =
  | { readonly do: 'ask'; readonly slugs: readonly Slug[] }
  /** Lets one of the readings that wait go on. */
  | { readonly do: 'proceed'; readonly who: number }
  /** What stands at a slug is made, written anew, or removed; the process hears of it with `apply`. */
  | { readonly do: 'write'; readonly slug: Slug; readonly isRemoval: boolean }
  | { readonly do: 'apply' }
  | { readonly do: 'trust'; readonly isTrusted: boolean }
  | { readonly do: 'forget' }
  | { readonly do: 'restore' };

const oneOf = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);

const anyStep: fc.Arbitrary<EntityStep> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: oneOf('ask'), slugs: oneOf<readonly Slug[]>(['a'], ['a'], ['b'], ['a', 'b']) }),
  },
  { weight: 14, arbitrary: fc.record({ do: oneOf('proceed'), who: fc.nat(4) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: oneOf('write'), slug: oneOf(...SLUGS), isRemoval: oneOf(false, false, true) }),
  },
  { weight: 8, arbitrary: fc.constant({ do: 'apply' as const }) },
  { weight: 1, arbitrary: fc.record({ do: oneOf('trust'), isTrusted: oneOf(true, true, false) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'forget' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
);

/** Histories weighted towards what makes a race: readings that wait while things change. */
export const entityHistories: fc.Arbitrary<readonly EntityStep[]> = fc.array(anyStep, {
  minLength: 20,
  maxLength: 120,
});

/** What stands at a slug: which log it was written in, and by which of its writes. */
interface Standing {
  readonly slug: Slug;
  readonly log: number;
  readonly write: number;
}

interface Write {
  readonly slug: Slug;
  readonly tags: readonly CacheTag[];
}

/**
 * Plays a history against the tier that `create` gives.
 *
 * @returns what askers were given that was from before something they had heard of, and how often the store was asked.
 */
export const playEntityHistory = async (
  create: (follower: Follower) => Pick<EntityTier, 'keep'>,
  steps: readonly EntityStep[],
): Promise<{ readonly violations: readonly string[]; readonly reads: number; readonly asks: number }> => {
  const follower = createHandFollower();
  const violations: string[] = [];
  const waiting: Gate[] = [];
  let [log, reads, asks, position] = [1, 0, 0, 0];
  // By slug, the writes there were; null: it was a removal.
  let stored = new Map<Slug, readonly (Standing | null)[]>();
  let written: Write[] = [];
  let heard = new Map<Slug, number>();

  const shelf: Shelf<Slug, Standing> = {
    name: 'article-by-address',
    keyOf: (slug) => slug,
    homeOf: ({ slug }) => slug,
    // As of an address: who stands there tells of itself, that somebody comes or goes is told by the slug.
    tagsOf: (slug, found) => [tagOf.slug('EN', 'article', slug), ...found.map((): CacheTag => `article:${slug}`)],
    async read(slugs) {
      reads += 1;
      const [before, after] = [createGate(), createGate()];
      waiting.push(before);
      await before.pass();
      const found = slugs.flatMap((slug) => stored.get(slug)?.at(-1) ?? []);
      waiting.push(after);
      await after.pass();
      return found;
    },
    isTold: () => true,
  };
  const keep = create(follower).keep(shelf);

  /** What was `found` for those who had heard of so much of each; undefined: nothing was said. */
  const judge = (
    slugs: readonly Slug[],
    found: readonly Standing[] | undefined,
    heardOf: ReadonlyMap<Slug, number>,
  ): void => {
    if (found === undefined) return;
    for (const slug of slugs) {
      const known = heardOf.get(slug) ?? 0;
      const standing = found.find((one) => one.slug === slug);
      const all = stored.get(slug) ?? [];
      // Nothing may stand there if nothing did at some moment since what was heard.
      const isTrue =
        standing === undefined
          ? known === 0 || all.slice(known - 1).includes(null)
          : standing.log === log && standing.write >= known;
      if (!isTrue)
        violations.push(`${slug}: given ${standing?.write ?? 'nothing'} of log ${standing?.log}, heard of ${known}`);
    }
  };

  const ask = async (slugs: readonly Slug[]): Promise<void> => {
    asks += 1;
    const arrival = { log, heard: new Map(heard) };
    for (const slug of slugs) judge([slug], keep.held(slug)?.found, arrival.heard);
    const found = await keep(slugs);
    if (arrival.log === log) judge(slugs, found, arrival.heard);
  };
  const write = (slug: Slug, isRemoval: boolean): void => {
    const all = stored.get(slug) ?? [];
    const wasThere = (all.at(-1) ?? null) !== null;
    if (isRemoval && !wasThere) return;
    stored.set(slug, [...all, isRemoval ? null : { slug, log, write: all.length + 1 }]);
    const own: CacheTag = `article:${slug}`;
    written.push({ slug, tags: wasThere && !isRemoval ? [own] : [own, tagOf.slug('EN', 'article', slug)] });
  };
  const apply = (): void => {
    const next = written[position];
    if (next === undefined) return;
    position += 1;
    follower.change(...next.tags);
    heard.set(next.slug, (heard.get(next.slug) ?? 0) + 1);
  };
  const restore = (): void => {
    log += 1;
    position = 0;
    [stored, written, heard] = [new Map(), [], new Map()];
    follower.joinEpoch(`epoch-${log}`, 0);
  };
  const play = (step: EntityStep): void => {
    switch (step.do) {
      case 'ask':
        return void ask(step.slugs);
      case 'proceed':
        return waiting.splice(step.who % Math.max(1, waiting.length), 1)[0]?.open();
      case 'write':
        return write(step.slug, step.isRemoval);
      case 'apply':
        return apply();
      case 'trust':
        return follower.trust(step.isTrusted);
      case 'forget':
        return follower.forget();
      case 'restore':
        return restore();
    }
  };

  for (const step of steps) {
    play(step);
    await setImmediate();
  }
  // Lets everybody home, so that no promise of this history is left when the next begins.
  while (waiting.length > 0) {
    waiting.splice(0).forEach(({ open }) => open());
    await setImmediate();
  }
  return { violations, reads, asks };
};
