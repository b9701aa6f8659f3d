import { createPassing, type Passing } from '../content/passing.ts';
import type { Kept } from '../stores/kept.ts';
import { createSecondChance, type SecondChance } from './second-chance.ts';

/** What one request of one shelf found. */
export interface Held extends Kept<unknown> {
  readonly epoch: string;
  /** The sequence it was last checked at; at first, what was applied before it was read. */
  fence: number;
  readonly readAtMs: number;
  /** When its turn to go was last put off. */
  usedAtMs: number;
}

/** A reading that runs. */
export interface Load {
  readonly epoch: string;
  readonly fence: number;
  readonly found: Promise<ReadonlyMap<string, readonly unknown[]>>;
}

/** What is held and being read of one shelf, by its own keys: a key joined of two would be another text for every look. */
export interface Places {
  readonly entries: Map<string, Held>;
  /** The latest of each key. */
  readonly loads: Passing<Load>;
  /** What was read and not kept, for there was no room for what may be asked for once. */
  readonly refused: SecondChance;
}

/** Empty ones. @param reach how many of what was not kept are remembered. */
export const createPlaces = (reach: () => number): Places => ({
  entries: new Map(),
  loads: createPassing(),
  refused: createSecondChance(reach),
});

/** Where an entry lies, to be taken away from there. */
export interface Place {
  readonly places: Places;
  readonly key: string;
}
