import type { Document } from './document.ts';

/** A piece of a file that is taken or left out by itself: a line, an item of a feed. */
export interface Entry {
  /** From 1. */
  readonly number: number;
  /** Its share of the file. */
  readonly lengthBytes: number;
  /**
   * What it holds, in the order in which it is to be written; empty: nothing.
   *
   * @throws {LineError} with everything that is wrong with it.
   */
  readonly read: () => readonly Document[];
}

/**
 * Gives the entries of a file, however `chunks` are cut.
 *
 * @throws {FileError} while it is iterated, when the file cannot be taken at all; before the first entry is given.
 */
export type EntryReader = (chunks: AsyncIterable<Uint8Array | string>) => AsyncIterable<Entry>;
