/** For what has no change log to follow: nobody asks it what happened. */
export const noDeltas = (): Promise<never> => Promise.reject(new TypeError('There is no change log here'));
