import { environmentSchema } from '../../../src/config/schema.ts';
import type { Limits } from '../../../src/graphql/limits/limits.ts';

/** Limits that nothing in a test reaches, but for those it sets. */
export const wideLimits = (limits: Partial<Limits> = {}): Limits => ({
  tokens: 100_000,
  depth: 1_000,
  introspectionDepth: 1_000,
  aliases: 100_000,
  rootFields: 100_000,
  directives: 100_000,
  cost: 1e12,
  ...limits,
});

/** What a gateway with an empty environment allows. */
export const defaultLimits = (): Limits => {
  const environment = environmentSchema.parse({});
  return {
    tokens: environment.QUERY_MAX_TOKENS,
    depth: environment.QUERY_MAX_DEPTH,
    introspectionDepth: 16,
    aliases: environment.QUERY_MAX_ALIASES,
    rootFields: environment.QUERY_MAX_ROOT_FIELDS,
    directives: environment.QUERY_MAX_DIRECTIVES,
    cost: environment.QUERY_MAX_COST,
  };
};
