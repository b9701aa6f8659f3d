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
};
