import type { EndedCall } from './judge-failure.ts';

/** `work`, or an error as soon as `signal` ends: what does not listen to it is not waited for either. */
export const untilEnded = async <T>(work: Promise<T>, signal: AbortSignal, ended: () => EndedCall): Promise<T> => {
  const end = Promise.withResolvers<never>();
  const leave = (): void => end.reject(ended());
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work, end.promise]);
  } catch (error) {
    // However the call says that it was ended.
    throw signal.aborted ? ended() : error;
  } finally {
    signal.removeEventListener('abort', leave);
  }
};
