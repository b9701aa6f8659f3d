import type { RandomOperation } from '../support/random-operations.ts';
import type { Pool } from '../support/document-pools.ts';

/** Something that is asked by two executors. */
export interface Rig {
  /** Values for the variables of documents. */
  readonly pools: readonly Pool[];
  /**
   * What differs between the two answers; undefined: nothing.
   *
   * @param seed of what goes wrong meanwhile; 0: nothing does.
   */
  ask(operation: RandomOperation, seed: number): Promise<string | undefined>;
  close(): Promise<void>;
}
