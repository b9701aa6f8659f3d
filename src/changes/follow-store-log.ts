import { createChangeLog } from './change-log.ts';
import { copyStoreLog, type StoreLogOptions } from './copy-store-log.ts';

export interface StoreFollowerOptions extends Omit<StoreLogOptions, 'signal'> {
  /** What has to be done once before the log can be read, such as making its tables. Tried again until it is. */
  readonly prepare: () => Promise<unknown>;
  /** Told of the first of the steps that fail one after the other; each is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** Told of the first that works again. */
  readonly onRecovery: () => void;
  readonly pollMs?: number;
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic?: () => number;
}

/** Keeps the gateway's log up with that of a store. */
export interface StoreFollower {
  /** Copies what is there now. Steps never overlap; a call during a step waits for it and for one more. */
  step(): Promise<void>;
  /** Steps on every notification of the store and, as a net, every `pollMs`. */
  start(): void;
  /** Whether the last step came to its end; before the first has, nothing is known of what happened there. */
  isWell(): boolean;
  /** Whether what happened there up to a moment ago is known: false sooner than it is known that a step has failed. */
  isCurrent(): boolean;
  /** Ends the step that runs, between two of its statements. */
  close(): Promise<void>;
}

/** What a notification that was lost, or a store that cannot notify, costs at most. */
const POLL_MS = 1_000;
/** A step that hangs is told by this long before it fails; a slow one is not. */
const CURRENT_MS = 3_000;

/** The follower of one store in this process; that it is away costs nothing but its changes, later. */
export const createStoreFollower = (options: StoreFollowerOptions): StoreFollower => {
  const { from, prepare, onFailure, onRecovery, pollMs = POLL_MS, monotonic = () => performance.now() } = options;
  let isPrepared = false;
  let isFailing = false;
  let hasArrived = false;
  /** When the last step that came to its end began. */
  let readAtMs = -Infinity;
  const closing = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let stopListening: (() => Promise<void>) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  let attempts: Promise<void> = Promise.resolve();

  const work = async (): Promise<void> => {
    if (!isPrepared) await prepare();
    isPrepared = true;
    if (closing.signal.aborted) return;
    const beganAtMs = monotonic();
    await copyStoreLog({ ...options, signal: closing.signal });
    hasArrived = true;
    readAtMs = beganAtMs;
  };
  const step = (): Promise<void> => {
    const stepped = last.then(work);
    last = stepped.catch(() => undefined);
    return stepped;
  };
  const attempt = async (): Promise<void> => {
    try {
      await step();
      // Listening begins with the first step that works: before it there may be no server to listen to.
      stopListening ??= await createChangeLog(from).onNews(stepQuietly);
      if (isFailing) onRecovery();
      isFailing = false;
    } catch (error) {
      if (!isFailing) onFailure(error);
      isFailing = true;
    }
  };
  const stepQuietly = (): void => {
    // One that waits for its turn sees this news too.
    if (isDue || closing.signal.aborted) return;
    isDue = true;
    attempts = attempts.then(() => {
      isDue = false;
      return closing.signal.aborted ? undefined : attempt();
    });
  };

  const isWell = (): boolean => hasArrived && !isFailing;

  return {
    step,
    start() {
      stepQuietly();
      timer = setInterval(stepQuietly, pollMs);
    },
    isWell,
    isCurrent: () => isWell() && monotonic() - readAtMs < CURRENT_MS,
    async close() {
      closing.abort();
      clearInterval(timer);
      await attempts;
      await last;
      await stopListening?.();
    },
  };
};
