import type { Plan } from '../../src/content/plan.ts';

/** A plan of everything there is, but for what is said. */
export const createPlan = (rest: Partial<Plan> = {}): Plan => ({
  editions: null,
  sections: null,
  kinds: null,
  syndication: 'FULL',
  embargoed: false,
  budget: null,
  ...rest,
});
