import type { Instant } from '../clock.ts';
import type { Standing } from '../partners/budgets/account.ts';
import type { Header } from './entry-headers.ts';

/** What the policy is called: there is one for each caller. */
const POLICY = 'cost';

const whole = (seconds: number): number => Math.max(0, Math.ceil(seconds));

/**
 * How a budget stands, as draft-ietf-httpapi-ratelimit-headers says it since its eighth version. `q` is all that can be spent
 * at once and `w` the seconds in which so much comes back; `r` is what is left, and after `t` seconds all of it is there
 * again. In points of cost, which the draft has no unit for.
 */
export const writeRateLimit = ({ budget, remaining, resetAt }: Standing, now: Instant): readonly Header[] => {
  const { capacity, refillPerMinute } = budget;
  return [
    ['ratelimit-policy', `"${POLICY}";q=${Math.floor(capacity)};w=${whole((capacity * 60) / refillPerMinute)}`],
    ['ratelimit', `"${POLICY}";r=${remaining};t=${whole((resetAt - now) / 1000)}`],
  ];
};
