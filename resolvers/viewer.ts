import { shownCount } from '../src/content/counter.ts';
import { formatInZone } from '../src/content/instant.ts';
import type { ViewerResolvers } from './types.generated.ts';

export const Viewer: ViewerResolvers = {
  partner: (_viewer, _args, { caller: { partner, plan }, editions }) => {
    if (partner === null || plan === null) return null;
    const codes = editions.all.map(({ code }) => code);
    return {
      name: partner.name,
      // In display order, whatever order the plan names them in.
      editions: codes.filter((code) => plan.editions?.includes(code) ?? true),
      syndication: plan.syndication,
    };
  },
  rateLimit: (_viewer, _args, context) => {
    const standing = context.standing();
    if (standing === null) return null;
    const { budget, remaining, resetAt } = standing;
    return {
      limit: shownCount(budget.capacity),
      remaining: shownCount(remaining),
      // Not before.
      resetAt: formatInZone(Math.ceil(resetAt / 1000) * 1000, 'UTC'),
    };
  },
};
