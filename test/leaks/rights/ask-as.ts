import { ANONYMOUS, type Caller } from '../../../src/content/caller.ts';
import type { Plan } from '../../../src/content/plan.ts';
import type { GraphqlService } from '../../../src/graphql/graphql-service.ts';
import { CONTRACTS } from './oracle.ts';
import type { RightsAnswer, RightsQuestion } from './rights-rig.ts';

/** The holder of `contract`, kept apart from others by `audience`. */
export const holderOf = (contract: string, audience: (plan: Plan) => string): Caller => {
  const plan = CONTRACTS[contract]?.plan ?? null;
  return plan === null ? ANONYMOUS : { audience: audience(plan), partner: { id: contract, name: contract }, plan };
};

/** What `service` answers `caller`, and out of what. */
export const askAs = async (
  service: GraphqlService,
  caller: Caller,
  { query, variables = {} }: RightsQuestion,
): Promise<RightsAnswer> => {
  const request = { query, variables, operationName: undefined };
  const { entry, state } = await service.answer(request, service.prepare(request), {
    caller,
    mediaType: 'application/json',
    onError: () => undefined,
  });
  return { body: entry.body.toString(), state };
};
