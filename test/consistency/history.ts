/** Milliseconds on the driver's monotonic clock. */
export type Tick = number;

/** An article is about to be given a state that it never had before. It may take effect at any moment from `at` on. */
export interface Write {
  readonly event: 'write';
  readonly at: Tick;
  readonly article: string;
  /** Unique among all articles and growing; readers see it in the headline. */
  readonly version: number;
  /** Lists it stands in from then on; none: readers cannot find it. */
  readonly lists: readonly string[];
  readonly isWithdrawal: boolean;
}

/** The database has committed the write. */
export interface Commit {
  readonly event: 'commit';
  readonly at: Tick;
  readonly article: string;
  readonly version: number;
}

/** Somebody said that what was before `version` is gone: a 200, or a 202 that names who may still be late. */
export interface Acknowledgement {
  readonly event: 'acknowledgement';
  readonly at: Tick;
  readonly article: string;
  readonly version: number;
  readonly pending: readonly Pending[];
}

export interface Pending {
  readonly process: string;
  readonly until: Tick;
}

/** Every fault is healed, every change recorded, everybody has had the time: the last writes hold everywhere. */
export interface Quiet {
  readonly event: 'quiet';
  readonly at: Tick;
}

/** Something was done to a process or a server; only for people who read a trace. */
export interface Disturbance {
  readonly event: 'disturbance';
  readonly at: Tick;
  readonly what: string;
}

export type Asked =
  | { readonly of: 'article'; readonly article: string }
  | { readonly of: 'list'; readonly list: string };

/** What an answer shows: articles by their headlines, and the list's own count when it was asked for. */
export interface Shown {
  readonly articles: readonly { readonly article: string; readonly version: number }[];
  readonly count: number | null;
}

export interface Read {
  readonly event: 'read';
  readonly process: string;
  /** Before the first byte of the request was written. */
  readonly begunAt: Tick;
  /** When the first byte of the answer had come: it was sent before. */
  readonly heardAt: Tick;
  readonly asked: Asked;
  readonly shown: Shown;
  /** What the answer says of its way: `Cache-Status`, the status code, the tier. */
  readonly label: string;
  /**
   * Whether the process was stopped while it answered. Stopped between its last look and its first byte it sends what
   * was true when it looked, which nothing can prevent.
   */
  readonly wasStopped: boolean;
}

export type HistoryEvent = Write | Commit | Acknowledgement | Quiet | Disturbance | Read;

/** A promise that was broken. */
export interface Violation {
  readonly rule: 'stale' | 'sent after withdrawal' | 'never written' | 'crossing' | 'miscounted';
  readonly detail: string;
  readonly article: string | undefined;
  readonly read: Read;
}
