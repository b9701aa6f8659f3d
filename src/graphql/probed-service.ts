import { parse, type GraphQLSchema } from 'graphql';
import type { GraphqlService } from './graphql-service.ts';
import { isExact } from './is-exact.ts';
import type { Probe } from './probe.ts';

export interface ProbedServiceOptions {
  readonly service: GraphqlService;
  /** The same over the same stores, keeping nothing. */
  readonly fresh: GraphqlService;
  readonly schema: GraphQLSchema;
  readonly probe: Probe;
}

/** `service`, with the probe looking at hits; what it answers and when is the same. */
export const createProbedService = ({ service, fresh, schema, probe }: ProbedServiceOptions): GraphqlService => ({
  prepare: service.prepare,
  isKept: service.isKept,
  async answer(request, prepared, asker) {
    const answered = await service.answer(request, prepared, asker);
    // Parsed again only for the few that are looked at.
    if (answered.state === 'hit' && probe.isDue() && isExact(schema, parse(request.query)))
      probe.look({
        entry: answered.entry,
        refill: async () => (await fresh.answer(request, prepared, { ...asker, onError: () => undefined })).entry,
        isLive: answered.isSendable,
      });
    return answered;
  },
});
