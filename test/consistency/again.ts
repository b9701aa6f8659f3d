import { setTimeout as pause } from 'node:timers/promises';

const ATTEMPTS = 10;
const PAUSE_MS = 100;

/** What `work` gives, done again while it fails: a restore ends connections of the driver's own, too, the next one as late as it is used. */
export const again = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await pause(PAUSE_MS);
    }
  }
};
