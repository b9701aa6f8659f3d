import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../src/content/caller.ts';
import type { Context } from '../../resolvers/context.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import type { Executed, Executor } from '../../src/graphql/executor.ts';
import type { CachePolicy } from '../../src/graphql/cache-policy.ts';
import { createDocuments, type OperationRequest } from '../../src/graphql/documents.ts';
import { createGraphqlService, type Asker } from '../../src/graphql/graphql-service.ts';
import { StoreError } from '../../src/errors.ts';
import { RequestFailure } from '../../src/graphql/request-failure.ts';
import { createRecorder, type Recorder } from '../../src/loaders/recorder.ts';
import type { Deadline } from '../../src/loaders/within-time.ts';
import { createHandFollower } from '../cache/hand-follower.ts';
import { createGate } from '../support/gate.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { defaultLimits } from './limits/wide-limits.ts';
import { readScalarSchema } from './scalar-schema.ts';

interface Setting {
  /** What an execution does before its answer is there. */
  readonly run?: (recorder: Recorder, onError: (error: GraphQLError) => void, signal: Deadline) => Promise<void> | void;
  readonly policy?: Partial<CachePolicy>;
  readonly keyParts?: readonly string[];
  readonly cache?: ReturnType<typeof createParts>;
}

/** Parts that two services may share. */
const createParts = () => {
  const follower = createHandFollower();
  const clock = createWoundClock(Date.UTC(2026, 5, 1));
  return { follower, clock, cache: createResponseCache({ follower, clock, limitBytes: 1_000_000 }) };
};

const documents = createDocuments(readScalarSchema(), defaultLimits());

const setUp = ({
  run = () => undefined,
  policy = {},
  keyParts = ['1'],
  cache: parts = createParts(),
}: Setting = {}) => {
  const signals: Deadline[] = [];
  let executions = 0;
  const executor: Executor = {
    async execute({ mediaType, context, onError }): Promise<Executed> {
      executions += 1;
      const body = Buffer.from(`answer ${executions}`);
      await run(context.recorder, onError, signals.at(-1) as Deadline);
      return { status: 200, contentType: mediaType, body };
    },
    stop: async () => undefined,
  };
  const service = createGraphqlService({
    ...parts,
    documents,
    executor,
    keyParts,
    operationTimeoutMs: 20,
    createContext: (now, _caller, signal) => {
      signals.push(signal);
      const recorder = createRecorder();
      return {
        context: { recorder, now } as Context,
        record: () => ({
          tags: [...recorder.tags],
          boundaryAt: recorder.boundaryAt(),
          languages: [...recorder.languages()],
          isComplete: recorder.isComplete(),
        }),
      };
    },
  });
  const answered = (query: string, asker: Partial<Asker> = {}, request: Partial<OperationRequest> = {}) => {
    const operation = { query, operationName: undefined, variables: undefined, ...request };
    const prepared = service.prepare(operation);
    return service.answer(
      operation,
      { ...prepared, policy: { ...prepared.policy, ...policy } },
      {
        caller: ANONYMOUS,
        mediaType: 'application/json',
        onError: () => undefined,
        ...asker,
      },
    );
  };
  const ask = async (...question: Parameters<typeof answered>) => {
    const { state, isStored, entry } = await answered(...question);
    return { state, isStored, entry, body: entry.body.toString() };
  };
  return { ask, answered, signals, executions: () => executions, ...parts };
};

const QUERY = '{ editions { name } }';

describe('answer', () => {
  it('executes once what is asked twice, until something it read has changed', async () => {
    const { ask, follower } = setUp({ run: (recorder) => recorder.tag('article:a') });
    expect(await ask(QUERY)).toMatchObject({ body: 'answer 1', state: 'filled', isStored: true });
    follower.change('article:b');
    expect(await ask(QUERY)).toMatchObject({ body: 'answer 1', state: 'hit' });
    follower.change('article:a');
    expect(await ask(QUERY)).toMatchObject({ body: 'answer 2', state: 'filled' });
  });

  it('keeps what was recorded beside the bytes', async () => {
    const { ask, clock } = setUp({
      run: (recorder) => {
        recorder.tag('article:a');
        recorder.boundary(clock.now() + 5_000);
        recorder.language('ar');
      },
    });
    const { entry } = await ask(QUERY);
    expect(entry).toMatchObject({
      tags: ['article:a'],
      boundaryAt: clock.now() + 5_000,
      languages: ['ar'],
      scope: 'PUBLIC',
      maxAgeSeconds: 300,
      filledAt: clock.now(),
    });
    clock.wind(5_000);
    expect((await ask(QUERY)).body).toBe('answer 2');
  });

  it('keeps no answer with an error in it, and tells whoever asked', async () => {
    const told: string[] = [];
    const { ask } = setUp({ run: (_recorder, onError) => onError(new GraphQLError('broken')) });
    const onError = (error: GraphQLError): void => void told.push(error.message);
    expect(await ask(QUERY, { onError })).toMatchObject({ body: 'answer 1', state: 'filled', isStored: false });
    expect(await ask(QUERY, { onError })).toMatchObject({ body: 'answer 2', state: 'filled', isStored: false });
    expect(told).toEqual(['broken', 'broken']);
  });

  it.each([
    [
      'is kept a moment against herds when stores alone had failed',
      new StoreError('wire', 'STORE_TIMEOUT'),
      'answer 1',
    ],
    ['is not when something of ours had failed too', new TypeError('ours'), 'answer 2'],
  ])('with errors in it %s', async (_what, cause, body) => {
    const { ask, clock } = setUp({
      run: (recorder, onError) => {
        recorder.tag('article:a');
        onError(new GraphQLError('wrapped', { originalError: new StoreError('wire', 'STORE_FAILED') }));
        onError(new GraphQLError('wrapped', { originalError: cause }));
      },
    });
    await ask(QUERY);
    clock.wind(1_999);
    expect(await ask(QUERY)).toMatchObject({ body, entry: { maxAgeSeconds: 0 } });
    clock.wind(2_000);
    expect((await ask(QUERY)).body).not.toBe(body);
  });

  it.each<[string, Partial<CachePolicy>]>([
    ['out of the cache', {}],
    ['past it', { scope: 'PRIVATE' }],
  ])('refuses a query with 503 when nobody can say what has changed: %s', async (_where, policy) => {
    const { ask, follower, executions } = setUp({ policy });
    follower.stand('lost');
    await expect(ask(QUERY)).rejects.toMatchObject({ code: 'STORE_FAILED', status: 503 });
    expect(executions()).toBe(0);
  });

  it('waits, past the cache too, until it is known what was missed meanwhile', async () => {
    const gate = createGate();
    const { answered, follower } = setUp({
      policy: { scope: 'PRIVATE' },
      run: async (recorder) => {
        recorder.tag('article:a');
        await gate.pass();
      },
    });
    const asked = answered(QUERY);
    await gate.reached;
    follower.stand('recovering');
    gate.open();
    follower.withdraw('article:a');
    follower.stand('trusted');
    expect((await asked).isSendable()).toBe(false);
  });

  it('keeps no answer that something was left out of', async () => {
    const { ask } = setUp({ run: (recorder) => recorder.incomplete() });
    expect(await ask(QUERY)).toMatchObject({ isStored: false, entry: { maxAgeSeconds: 0 } });
    expect((await ask(QUERY)).body).toBe('answer 2');
  });

  it.each<[string, Partial<CachePolicy>]>([
    ['is one caller’s alone', { scope: 'PRIVATE' }],
    ['may not be kept at all', { maxAgeSeconds: 0 }],
  ])('goes past the cache when the answer %s', async (_what, policy) => {
    const parts = createParts();
    const { ask } = setUp({ policy, cache: parts });
    for (const body of ['answer 1', 'answer 2'])
      expect(await ask(QUERY)).toMatchObject({ body, state: 'bypass', isStored: false, entry: { ...policy } });
    expect(parts.cache.size().entries).toBe(0);
  });

  it('holds what goes past the cache to its own boundary, unless that had passed before', async () => {
    const parts = createParts();
    const { answered } = setUp({
      policy: { maxAgeSeconds: 0 },
      cache: parts,
      run: (recorder) => recorder.boundary(Date.UTC(2026, 5, 1) + 5_000),
    });
    const before = await answered(QUERY);
    parts.clock.wind(4_999);
    expect(before.isSendable()).toBe(true);
    parts.clock.wind(1);
    expect(before.isSendable()).toBe(false);
    expect((await answered(QUERY)).isSendable()).toBe(true);
  });

  it('says what a mutation did, whatever the clock says', async () => {
    const parts = createParts();
    const { answered } = setUp({ cache: parts, run: (recorder) => recorder.boundary(Date.UTC(2026, 5, 1) + 5_000) });
    const done = await answered(
      'mutation { recordEngagement(input: { articleId: "x", kind: VIEW }) { article { id } } }',
    );
    parts.clock.wind(5_000);
    expect(done.isSendable()).toBe(true);
  });

  it('goes past the cache with every mutation', async () => {
    const { ask } = setUp({ policy: { maxAgeSeconds: 300, scope: 'PUBLIC' } });
    const query = 'mutation { recordEngagement(input: { articleId: "x", kind: VIEW }) { article { id } } }';
    for (const body of ['answer 1', 'answer 2']) expect(await ask(query)).toMatchObject({ body, state: 'bypass' });
  });

  it('shares nothing between audiences, media types, releases or operations', async () => {
    const parts = createParts();
    const { ask, executions } = setUp({ cache: parts });
    const two = 'query A { editions { name } } query B { editions { url } }';
    await ask(QUERY);
    await ask(QUERY, { caller: { ...ANONYMOUS, audience: 'partner' } });
    await ask(QUERY, { mediaType: 'application/graphql-response+json' });
    await ask(two, {}, { operationName: 'A' });
    await ask(two, {}, { operationName: 'B' });
    expect(executions()).toBe(5);
    const next = setUp({ cache: parts, keyParts: ['2'] });
    expect((await next.ask(QUERY)).state).toBe('filled');
    expect((await ask(QUERY)).state).toBe('hit');
  });

  it('refuses an operation that has had its time, ends what it would begin, and keeps nothing', async () => {
    const gate = createGate();
    const { ask, signals } = setUp({ run: () => gate.pass() });
    const failure: unknown = await ask(QUERY).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RequestFailure);
    expect((failure as RequestFailure).errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'milliseconds',
      maximum: 20,
    });
    expect(() => signals[0]?.throwIfAborted()).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
    gate.open();
    expect(await ask(QUERY)).toMatchObject({ body: 'answer 2', state: 'filled' });
    expect(() => signals[1]?.throwIfAborted()).not.toThrow();
  });
});
