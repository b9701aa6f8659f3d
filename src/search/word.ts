/** A word as search knows it. */
export interface WordTerms {
  /** What it is found by where it stands in a text. Never empty. */
  readonly terms: readonly string[];
  /** Which of them are sought when a reader types it: any finds it. Never empty. */
  readonly sought: readonly string[];
  /** The word itself, letter for letter but for case and what no reader types: who types it so finds it first. */
  readonly exact: string;
  /** True: too common to say what an article is about; it counts in a quoted phrase alone. */
  readonly isStopWord: boolean;
}

/** A word at its place in a text. */
export interface PlacedWord extends WordTerms {
  /** Its number in the text, from 1. The parts of `re-election` are two words. */
  readonly position: number;
  /** Where it begins in the text, in UTF-16 units. */
  readonly start: number;
  /** Where it ends, exclusive. */
  readonly end: number;
}
