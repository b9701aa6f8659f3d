import type { Database } from '../../../src/database/database.ts';
import { createChangingWorld } from './changing-world.ts';
import { FEED_PROBES, probeFeed } from './feed-probes.ts';
import { createTally, type Tally } from './outlet-probing.ts';
import { createOutletsRig, type OutletMistakes } from './outlets-rig.ts';
import { probeSitemaps } from './sitemap-probes.ts';
import { createMirrors, probeStreams } from './stream-probes.ts';
import { openOutlets } from './webhook-probes.ts';
import { LIFT, WORLD_NOW } from './world.ts';

export const OUTLETS = ['feeds', 'sitemaps', 'changes', 'webhooks'] as const;
export type Outlet = (typeof OUTLETS)[number];

export interface OutletsProbing {
  readonly seed: number;
  /** How often half of the articles change before the end of the embargo, and after it. */
  readonly rounds: readonly [before: number, after: number];
  /** One feed of so many is read each time, another each time. Default: every one. */
  readonly oneOf?: number;
  /** Default: all. */
  readonly only?: readonly Outlet[];
  /** Whether nothing more is asked once something has leaked. Default: no. */
  readonly isFirstEnough?: boolean;
  readonly mistakes?: OutletMistakes;
}

/** By what was probed. */
export type OutletTallies = Readonly<Record<Outlet, Tally>>;

/**
 * Lets the world change, and after each change pulls as the holder of every contract whatever can be pulled, out of the cache and past
 * it, goes on from earlier cursors, and takes what is sent. `database` is fresh, and its owner closes it.
 */
export const probeOutlets = async (
  database: Database,
  { seed, rounds, oneOf = 1, only = OUTLETS, isFirstEnough = false, mistakes }: OutletsProbing,
): Promise<OutletTallies> => {
  const world = createChangingWorld(database, seed);
  await world.begin(WORLD_NOW);
  const rig = await createOutletsRig(database, mistakes);
  await rig.step();
  const tallies = { feeds: createTally(), sitemaps: createTally(), changes: createTally(), webhooks: createTally() };
  const mirrors = createMirrors();
  const outlets = await openOutlets(rig);
  let looks = 0;
  const isOver = (): boolean => isFirstEnough && only.some((outlet) => tallies[outlet].leaks.length > 0);
  const look = async (): Promise<void> => {
    if (isOver()) return;
    world.notice(rig.clock.now());
    const probing = (of: Outlet) => ({ rig, world, tally: tallies[of] });
    if (only.includes('feeds'))
      for (const [index, probe] of FEED_PROBES.entries())
        if ((index + looks) % oneOf === 0 && !isOver()) await probeFeed(probing('feeds'), probe);
    if (only.includes('sitemaps')) await probeSitemaps(probing('sitemaps'));
    if (only.includes('changes')) await probeStreams(probing('changes'), mirrors);
    if (only.includes('webhooks')) await outlets.probe(probing('webhooks'));
    looks += 1;
  };
  const change = async (times: number): Promise<void> => {
    for (let round = 0; round < times && !isOver(); round += 1) {
      rig.clock.wind(1_000);
      await world.change(rig.clock.now());
      await rig.step();
      await look();
    }
  };
  try {
    await look();
    await change(rounds[0]);
    rig.clock.wind(LIFT - rig.clock.now());
    await rig.step();
    await look();
    await change(rounds[1]);
  } finally {
    await outlets.close();
    await rig.close();
  }
  return tallies;
};
