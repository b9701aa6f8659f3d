import type { Follower } from '../changes/follower.ts';
import { GatewayError } from '../errors.ts';

/** Waits for one recovery, each bounded by the follower: it is over after the first, or trust comes and goes. */
const RECOVERY_LIMIT = 4;

/** Whether anything may go out at all, asked without waiting. */
export const isVouchedFor = (follower: Follower): boolean => {
  const standing = follower.standing();
  return standing === 'trusted' || standing === 'degraded';
};

/**
 * Waits while nobody knows yet what was missed. Then what is held is trusted, or it is degraded: sent, and kept by nobody.
 *
 * @throws STORE_FAILED, answered as 503, when nobody can say any more what has changed.
 */
export const vouch = async (follower: Follower): Promise<void> => {
  for (let wait = 0; wait <= RECOVERY_LIMIT; wait += 1) {
    if (isVouchedFor(follower)) return;
    if (follower.standing() === 'lost') break;
    await follower.settled();
  }
  throw new GatewayError('STORE_FAILED', 'What has changed is not known: the change log cannot be read', {
    status: 503,
  });
};
