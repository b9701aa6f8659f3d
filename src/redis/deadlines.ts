/** Something that is waited for. */
export interface Wait {
  /** It came: nobody is told that it is late. */
  end(): void;
}

/** Tells when something was waited for too long. */
export interface Deadlines {
  start(onLate: () => void): Wait;
}

interface Waiting extends Wait {
  readonly dueMs: number;
  onLate: () => void;
  isOver: boolean;
}

/** The share of its time that a process works from which on what waits, waits for the process. */
const BUSY = 0.9;
/** How long a busy process looks on before it judges again. */
const DEFERRAL_MS = 5;

const nothing = (): void => undefined;

/**
 * Deadlines of one length, `milliseconds` from their start: one timer for all of them. Our own pauses are no lateness of
 * others. After a pause what has meanwhile arrived is taken in first, twice: what is asked for in a turn of the loop is sent
 * at the end of it, and cannot be there at the beginning of the next. And as long as this process has no time left and
 * answers are coming in, the one that is missing stands behind them in our own queue: nothing is late.
 */
export const createDeadlines = (milliseconds: number): Deadlines => {
  let queue: Waiting[] = [];
  let isTimed = false;
  let ended = 0;
  let armed = performance.eventLoopUtilization();

  const sweep = (): void => {
    const nowMs = performance.now();
    const isBusy = performance.eventLoopUtilization(armed).utilization > BUSY;
    const endedBefore = ended;
    const judge = (): void => {
      isTimed = false;
      queue = queue.filter(({ isOver }) => !isOver);
      if (isBusy && ended > endedBefore) return arm(DEFERRAL_MS);
      const late = queue.filter(({ dueMs }) => dueMs <= nowMs);
      queue = queue.filter(({ dueMs }) => dueMs > nowMs);
      for (const { onLate } of late) onLate();
      arm();
    };
    // Each comes after the sockets have been read once more.
    setImmediate(() => setImmediate(judge));
  };
  const arm = (leastMs = 1): void => {
    const [first] = queue;
    if (isTimed || first === undefined) return;
    isTimed = true;
    armed = performance.eventLoopUtilization();
    setTimeout(sweep, Math.max(leastMs, Math.ceil(first.dueMs - performance.now()))).unref();
  };

  return {
    start(onLate) {
      const waiting: Waiting = {
        dueMs: performance.now() + milliseconds,
        onLate,
        isOver: false,
        end() {
          waiting.isOver = true;
          // It stands in the queue for a while yet: not with all that came of it.
          waiting.onLate = nothing;
          ended += 1;
        },
      };
      queue.push(waiting);
      arm();
      return waiting;
    },
  };
};
