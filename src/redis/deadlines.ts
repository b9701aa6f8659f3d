/** Something that is waited for. */
export interface Wait {
  /** Ends it: nobody is told that it is late. */
  end(): void;
}

/** Tells when something was waited for too long. */
export interface Deadlines {
  start(onLate: () => void): Wait;
}

interface Waiting extends Wait {
  readonly dueMs: number;
  readonly onLate: () => void;
  isOver: boolean;
}

/**
 * Deadlines of one length, `milliseconds` from their start: one timer for all of them. When the process itself was busy,
 * what has meanwhile arrived is taken in first, twice: what is asked for in a turn of the loop is sent at the end of it, and
 * cannot be there at the beginning of the next. Our own pauses are no lateness of others.
 */
export const createDeadlines = (milliseconds: number): Deadlines => {
  let queue: Waiting[] = [];
  let isTimed = false;

  const sweep = (): void => {
    const nowMs = performance.now();
    const judge = (): void => {
      isTimed = false;
      const late = queue.filter(({ isOver, dueMs }) => !isOver && dueMs <= nowMs);
      queue = queue.filter(({ isOver, dueMs }) => !isOver && dueMs > nowMs);
      for (const { onLate } of late) onLate();
      arm();
    };
    // Each comes after the sockets have been read once more.
    setImmediate(() => setImmediate(judge));
  };
  const arm = (): void => {
    const [first] = queue;
    if (isTimed || first === undefined) return;
    isTimed = true;
    setTimeout(sweep, Math.max(1, Math.ceil(first.dueMs - performance.now()))).unref();
  };

  return {
    start(onLate) {
      const waiting: Waiting = {
        dueMs: performance.now() + milliseconds,
        onLate,
        isOver: false,
        end() {
          waiting.isOver = true;
        },
      };
      queue.push(waiting);
      arm();
      return waiting;
    },
  };
};
