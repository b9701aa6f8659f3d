import { makeExecutableSchema } from '@graphql-tools/schema';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../resolvers/context.ts';
import { createDocuments } from '../../src/graphql/documents.ts';
import { finishOperations } from '../../src/graphql/finish-operations.ts';
import { createPlannedExecutor } from '../../src/graphql/planned-executor.ts';
import { describeExecutor } from '../contracts/executor.ts';
import { createGate } from '../support/gate.ts';
import { wideLimits } from './limits/wide-limits.ts';

const LONG_MS = 60_000;

describeExecutor('finishOperations', (schema) => finishOperations(createPlannedExecutor(schema), LONG_MS));

/** An operation that waits at a gate, and what comes to its end after it, in order. */
const hold = async (limitMs: number) => {
  const gate = createGate();
  const schema = makeExecutableSchema({
    typeDefs: `
      directive @cacheControl(maxAge: Int) on FIELD_DEFINITION
      directive @cost(weight: String!) on FIELD_DEFINITION
      directive @listSize(assumedSize: Int) on FIELD_DEFINITION
      type Query { late: Int }`,
    resolvers: { Query: { late: () => gate.pass().then(() => 1) } },
  });
  const ended: string[] = [];
  const planned = createPlannedExecutor(schema);
  const executor = finishOperations({ ...planned, stop: async () => void ended.push('stopped') }, limitMs);
  const request = { query: '{ late }', variables: {}, operationName: undefined };
  const asked = executor.execute({
    request,
    prepared: createDocuments(schema, wideLimits()).prepare(request),
    mediaType: 'application/json',
    context: {} as Context,
    onError: () => undefined,
  });
  const answered = asked.then(() => ended.push('answered'));
  await gate.reached;
  return { gate, executor, answered, ended };
};

describe('stop', () => {
  it('waits for what is under way', async () => {
    const { gate, executor, answered, ended } = await hold(LONG_MS);
    const stopped = executor.stop();
    // More turns than an end takes that waits for nothing.
    await new Promise(setImmediate);
    gate.open();
    await Promise.all([stopped, answered]);
    expect(ended).toEqual(['answered', 'stopped']);
  });

  it('does not wait for ever', async () => {
    const { gate, executor, answered, ended } = await hold(1);
    await executor.stop();
    expect(ended).toEqual(['stopped']);
    gate.open();
    await answered;
  });
});
