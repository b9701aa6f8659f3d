import { GatewayError } from '../errors.ts';
import type { Answered } from '../graphql/graphql-service.ts';

/** An answer that is there already costs so much of what it costs to make. */
const KEPT_SHARE = 0.1;

/** What an answer of `cost` costs whoever asks; what reads nothing is a request all the same. */
export const priceOf = (cost: number, isKept: boolean): number => Math.max(1, cost) * (isKept ? KEPT_SHARE : 1);

/** Whether nothing was made for this request alone. */
export const wasKept = ({ state, tier }: Pick<Answered, 'state' | 'tier'>): boolean => {
  switch (state) {
    case 'hit':
    case 'stale':
    case 'soft':
    case 'joined':
      return true;
    case 'degraded':
      return tier !== null;
    case 'filled':
    case 'bypass':
      return false;
  }
};

/** What a request costs that `most` was taken for, and that failed by `error`: what cannot be read nothing, what was tried all of it. */
export const priceOfFailure = (error: unknown, most: number): number => {
  if (!(error instanceof GatewayError) || error.status >= 500) return most;
  // Looked up, and not there, or not any longer.
  return error.code === 'NOT_FOUND' || error.code === 'CURSOR_EXPIRED' ? Math.min(1, most) : 0;
};
