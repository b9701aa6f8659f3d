import type { GatewayError } from '../errors.ts';

/** How long an answer may take to be made, and what whoever asked is told past that. */
export interface TimeLimit {
  readonly limitMs: number;
  readonly refuse: (takenMs: number) => GatewayError;
}

/** Whether there is still time. A signal of Node's is an event target: nobody here waits for the event, and one is made for each answer. */
export interface Deadline {
  /** @throws the refusal once time is over. */
  throwIfAborted(): void;
}

/** `work`, or a refusal once it has had its time; what still runs then is read by nobody, and begins no other read. */
export const withinTime = async <T>(
  { limitMs, refuse }: TimeLimit,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> => {
  const began = performance.now();
  let refusal: GatewayError | undefined;
  const deadline: Deadline = {
    throwIfAborted() {
      if (refusal !== undefined) throw refusal;
    },
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // What was not begun ends with this, by its own code: it is no failure of ours.
      refusal = refuse(Math.round(performance.now() - began));
      reject(refusal);
    }, limitMs);
    const end = (): void => clearTimeout(timer);
    // What it does at once, before it waits for anything, is of its time too.
    const making = work(deadline);
    making.then(end, end);
    making.then(resolve, reject);
  });
};
