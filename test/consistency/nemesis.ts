import { setTimeout as pause } from 'node:timers/promises';
import type { CostBook } from './figures.ts';
import { FAULTS, type Fault, type FaultName, type World } from './faults.ts';
import type { Life } from './gateways.ts';
import type { Random } from './random.ts';

export type FaultWeights = Readonly<Partial<Record<FaultName, number>>>;

export interface NemesisOptions {
  readonly world: Omit<World, 'victim' | 'isOver'>;
  readonly costs: CostBook;
  readonly weights: FaultWeights;
  /** How many faults may last at once. */
  readonly atOnce: number;
  /** Between the end of one and the beginning of the next, at most. */
  readonly calmMs: number;
  readonly onMistake: (error: unknown) => void;
}

/** Does one thing after another, by chance. */
export interface Nemesis {
  start(): void;
  /** Resolves when everything has been put right. */
  stop(): Promise<void>;
}

const pickFault = (weights: FaultWeights, random: Random): FaultName | undefined => {
  const entries = Object.entries(weights) as [FaultName, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return undefined;
};

/** A nemesis that leaves one process alone at any time. */
export const createNemesis = ({ world, costs, weights, atOnce, calmMs, onMistake }: NemesisOptions): Nemesis => {
  const { random, gateways, restorer } = world;
  const end = new AbortController();
  const troubled = new Set<Life>();
  const ofRedis = { isBusy: false };

  /** Hands out a process and takes it back at the end. */
  const suffer = async (name: FaultName): Promise<void> => {
    const fault: Fault = FAULTS[name];
    const isRedis = name.startsWith('Redis') && name !== 'Redis cut';
    if (isRedis && ofRedis.isBusy) return;
    let taken: Life | undefined;
    const victim = (): Life | undefined => {
      const whole = gateways.serving().filter((life) => !troubled.has(life));
      taken = whole.length < 2 ? undefined : random.pick(whole);
      if (taken !== undefined) troubled.add(taken);
      return taken;
    };
    let finish = (): void => undefined;
    let hasBegun = false;
    // What finds nobody to do it to says nothing, and does not count.
    const note = (what: string): void => {
      if (!hasBegun) finish = costs.begin(name);
      hasBegun = true;
      world.note(what);
    };
    if (isRedis) ofRedis.isBusy = true;
    try {
      await fault({ ...world, note, victim, isOver: () => end.signal.aborted });
    } finally {
      finish();
      if (isRedis) ofRedis.isBusy = false;
      if (taken !== undefined) troubled.delete(taken);
    }
  };

  const run = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await pause(random.between(0, calmMs));
      const name = pickFault(weights, random);
      if (name === undefined || end.signal.aborted) return;
      if (name === 'backup restored' || random.chance(0.2)) await restorer.backUp();
      await suffer(name);
    }
  };

  const running: Promise<void>[] = [];
  return {
    start() {
      for (let count = 0; count < atOnce; count += 1) running.push(run().catch(onMistake));
    },
    async stop() {
      end.abort();
      await Promise.all(running);
    },
  };
};
