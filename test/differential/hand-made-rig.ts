import { inspect } from 'node:util';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../../resolvers/context.ts';
import { createApolloExecutor } from '../../src/graphql/apollo.ts';
import { createDocuments } from '../../src/graphql/documents.ts';
import type { Executor } from '../../src/graphql/executor.ts';
import { createPlannedExecutor } from '../../src/graphql/planned-executor.ts';
import { wideLimits } from '../graphql/limits/wide-limits.ts';
import type { RandomOperation } from '../support/random-operations.ts';
import { findDifference, type ShownResult } from './compare.ts';
import { createHandMadeSchema, settleHandMade, type HandMadeContext } from './hand-made-schema.ts';
import { hearRejections } from './hear-rejections.ts';
import type { Rig } from './rig.ts';

const POOL = {
  edition: ['EN', 'AR'],
  articleId: ['art_en_00000000000000000000'],
  ids: [['art_en_00000000000000000000', 'art_en_00000000000000000001']],
  url: ['https://news.example/en/a'],
  articleSlug: ['grain'],
  sectionPath: ['news'],
  tagSlug: ['port'],
  authorSlug: ['someone'],
  words: ['grain'],
};

/** graphql-js and plans over a graph in which everything goes wrong at every place. */
export const createHandMadeRig = async (
  createTested: (schema: GraphQLSchema) => Executor = createPlannedExecutor,
): Promise<Rig> => {
  const documents = createDocuments(createHandMadeSchema(), wideLimits());
  const reference = await createApolloExecutor(createHandMadeSchema());
  const tested = createTested(createHandMadeSchema());
  const unheard = hearRejections();

  const run = async (executor: Executor, { query, variables }: RandomOperation, seed: number) => {
    const request = { query, variables, operationName: undefined };
    let told = 0;
    const { body } = await executor.execute({
      request,
      prepared: documents.prepare(request),
      mediaType: 'application/json',
      context: { seed } satisfies HandMadeContext as unknown as Context,
      onError: () => (told += 1),
    });
    const result = JSON.parse(body.toString()) as ShownResult;
    const isTold = told === (result.errors?.length ?? 0);
    await settleHandMade();
    return { result, isTold };
  };

  return {
    pools: [POOL],
    async ask(operation, seed) {
      const right = await run(reference, operation, seed);
      // graphql-js lets go of what is still to come of a list that has failed: with anybody listening less well, the process ends.
      unheard.take();
      const given = await run(tested, operation, seed);
      const [rejection] = unheard.take();
      if (rejection !== undefined) return `a rejection that nobody hears: ${inspect(rejection)}`;
      if (!given.isTold) return 'errors, not all of which are told';
      return findDifference(right.result, given.result);
    },
    close: async () => {
      unheard.stop();
      await reference.stop();
      await tested.stop();
    },
  };
};
