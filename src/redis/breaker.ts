/** Whether the other side is asked at all. Begins open: nothing is known yet. */
export interface Breaker {
  isClosed(): boolean;
  /** A call was answered in time; while open: a trial was. */
  succeeded(): void;
  /** A call was not, or was answered with a failure. */
  failed(reason: string): void;
  /** The other side is known to be away. */
  open(reason: string): void;
}

export interface BreakerOptions {
  /** So many failures one after the other open it. */
  readonly failures: number;
  /** So many answers in time one after the other, of trials, close it: one may be luck. */
  readonly trials: number;
  readonly onOpened: (reason: string) => void;
  readonly onClosed: () => void;
}

/** A breaker whose trials are made beside the requests, never with one of them. */
export const createBreaker = ({ failures, trials, onOpened, onClosed }: BreakerOptions): Breaker => {
  let isClosed = false;
  let failed = 0;
  let tried = 0;
  const open = (reason: string): void => {
    tried = 0;
    if (!isClosed) return;
    isClosed = false;
    onOpened(reason);
  };
  return {
    isClosed: () => isClosed,
    succeeded() {
      failed = 0;
      if (isClosed) return;
      tried += 1;
      if (tried < trials) return;
      isClosed = true;
      onClosed();
    },
    failed(reason) {
      failed += 1;
      if (!isClosed || failed >= failures) open(reason);
    },
    open,
  };
};
