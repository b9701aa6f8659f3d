import { setInterval } from 'node:timers/promises';

/** Does `work` every `milliseconds`, one after the other, until `signal` ends. */
export const doEvery = async (milliseconds: number, work: () => unknown, signal: AbortSignal): Promise<void> => {
  try {
    for await (const _ of setInterval(milliseconds, undefined, { signal })) await work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
