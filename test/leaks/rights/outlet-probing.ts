import { findMarks } from './probe-rights.ts';
import type { ChangingWorld } from './changing-world.ts';
import type { Got, OutletsRig } from './outlets-rig.ts';
import { FACTS, idOfFact, type Fact } from './world.ts';

/** Answers of one kind that were looked at. */
export interface Tally {
  answers: number;
  hits: number;
  readonly leaks: string[];
}

export const createTally = (): Tally => ({ answers: 0, hits: 0, leaks: [] });

/** What is probed, and how it stands. */
export interface Probing {
  readonly rig: OutletsRig;
  readonly world: ChangingWorld;
  readonly tally: Tally;
}

const IDS = new Map<string, Fact>(FACTS.map((fact) => [idOfFact(fact), fact]));

/** Articles that are named in `body`, by id or address, without ever having been shown to the holder of `contract`; marks of texts it may not have. */
export const findLeaks = (body: string, contract: string, { rig, world }: Probing): readonly string[] => {
  const seen = world.everSeen(contract);
  const named = [...body.matchAll(/art_[a-z]{2}_[\w-]+/g)].map(([id]) => id);
  const placed = [...body.matchAll(/\/s(\d+)\b/g)].map(([, number]) => {
    const fact = FACTS[Number(number)];
    return fact === undefined ? `s${number}` : idOfFact(fact);
  });
  return [
    ...[...new Set([...named, ...placed])]
      .filter((id) => !seen.has(id))
      .map((id) => `names ${IDS.get(id) === undefined ? id : `s${IDS.get(id)?.number}`}`),
    ...findMarks(body, contract, rig.clock.now(), world.facts()),
  ];
};

/** Asks through the cache, where the answer has to be the one that is made without it, byte for byte. */
export const getBoth = async ({ rig, tally }: Probing, contract: string, path: string): Promise<Got> => {
  const [kept, fresh] = [await rig.get(contract, path), await rig.get(contract, path, { side: 'fresh' })];
  tally.answers += 2;
  if (kept.isHit) tally.hits += 1;
  for (const field of ['status', 'body', 'etag', 'link'] as const)
    if (kept[field] !== fresh[field])
      tally.leaks.push(`${contract} ${path}: ${field} ${kept[field]} and without a cache ${fresh[field]}`);
  return kept;
};
