import type { GatewayError } from '../errors.ts';

/** How long an answer may take to be made, and what whoever asked is told past that. */
export interface TimeLimit {
  readonly limitMs: number;
  readonly refuse: (takenMs: number) => GatewayError;
}

/** `work`, or a refusal once it has had its time; what still runs then is read by nobody, and begins no other read. */
export const withinTime = async <T>(
  { limitMs, refuse }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const abort = new AbortController();
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const failure = refuse(Math.round(performance.now() - began));
      // What was not begun ends with this, by its own code: it is no failure of ours.
      abort.abort(failure);
      reject(failure);
    }, limitMs);
  });
  try {
    return await Promise.race([work(abort.signal), late]);
  } finally {
    clearTimeout(timer);
  }
};
