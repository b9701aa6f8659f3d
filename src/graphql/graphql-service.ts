import { OperationTypeNode, type GraphQLError } from 'graphql';
import type { Context } from '../../resolvers/context.ts';
import { cacheKey, canonicalJson } from '../cache/cache-key.ts';
import { COUNTER_MAX_AGE_MS } from '../cache/fill-holes.ts';
import type { CacheResult, CacheState, Fill, ResponseCache } from '../cache/response-cache.ts';
import { HOLD_SECONDS } from '../cache/validity.ts';
import { isVouchedFor, vouch } from '../cache/vouch.ts';
import type { Follower } from '../changes/follower.ts';
import type { Clock, Instant } from '../clock.ts';
import type { Answer, Entry } from '../content/answer.ts';
import type { Caller } from '../content/caller.ts';
import { LimitError } from '../errors.ts';
import { withinTime, type Deadline } from '../loaders/within-time.ts';
import type { Documents, OperationRequest, PreparedOperation } from './documents.ts';
import type { Executor, MediaType } from './executor.ts';
import { originOf } from './format-error.ts';
import { locateHoles } from './locate-holes.ts';
import { mapToRequestFailure } from './request-failure.ts';

/** Who asks, and how the answer is to be written. */
export interface Asker {
  readonly caller: Caller;
  /** Where the request comes from, as far as proxies are trusted. Absent: nobody says, and all such are one client. */
  readonly address?: string;
  /** Whether only the head of the answer is wanted. Default: all of it is. */
  readonly isHeadOnly?: boolean;
  readonly mediaType: MediaType;
  /** Told of every error in a result made for this request. */
  readonly onError: (error: GraphQLError) => void;
}

/** `bypass`: the answer may never be kept, so the cache was not asked. */
export interface Answered extends Omit<CacheResult, 'state'> {
  /** Of its place in the cache; null: it has none. */
  readonly key: string | null;
  readonly state: CacheState | 'bypass';
}

export interface GraphqlService {
  /** @throws {RequestFailure} when the request cannot run. */
  prepare(request: OperationRequest): PreparedOperation;
  /** Whether it is about to be answered out of memory. */
  isKept(prepared: PreparedOperation, asker: Pick<Asker, 'caller' | 'mediaType'>): boolean;
  /** @throws {RequestFailure} when it runs out of time. */
  answer(request: OperationRequest, prepared: PreparedOperation, asker: Asker): Promise<Answered>;
}

/** A context and what it recorded, once the operation has run. */
export interface Recording {
  readonly context: Context;
  readonly record: () => Pick<Answer, 'tags' | 'boundaryAt' | 'languages' | 'manifest'> & {
    readonly isComplete: boolean;
  };
}

/** For whom a context is, and how much of articles is looked at. */
export type ContextAsker = Pick<Asker, 'caller' | 'address' | 'isHeadOnly'> &
  Pick<PreparedOperation, 'detail' | 'isTextAsked'>;

export interface GraphqlServiceOptions {
  readonly documents: Documents;
  readonly executor: Executor;
  readonly cache: ResponseCache;
  readonly follower: Follower;
  readonly clock: Clock;
  /** What else alters the bytes: release, schema, configuration. */
  readonly keyParts: readonly string[];
  readonly operationTimeoutMs: number;
  readonly createContext: (now: Instant, asker: ContextAsker, signal: Deadline) => Recording;
}

const TIME_LIMIT = 'milliseconds';

/** Answers prepared operations, out of the cache where it may. */
export const createGraphqlService = ({
  documents,
  executor,
  cache,
  follower,
  clock,
  keyParts,
  operationTimeoutMs,
  createContext,
}: GraphqlServiceOptions): GraphqlService => {
  const keyOf = (prepared: PreparedOperation, { caller, mediaType }: Pick<Asker, 'caller' | 'mediaType'>): string =>
    cacheKey([
      ...keyParts,
      prepared.documentDigest,
      // By name or as the only one: the same operation.
      prepared.operation.name?.value ?? '',
      canonicalJson(prepared.variables),
      caller.audience,
      mediaType,
    ]);

  const refuseLate = (takenMs: number): LimitError =>
    new LimitError(
      TIME_LIMIT,
      operationTimeoutMs,
      takenMs,
      `The operation ran for ${takenMs} ms; the most allowed is ${operationTimeoutMs} ms`,
    );
  /** `work` within its time; late, it is refused as a request that asks for too much. */
  const withinItsTime = async <T>(work: (signal: Deadline) => Promise<T>): Promise<T> => {
    try {
      return await withinTime({ limitMs: operationTimeoutMs, refuse: refuseLate }, work);
    } catch (error) {
      throw error instanceof LimitError && error.limit === TIME_LIMIT ? mapToRequestFailure(error) : error;
    }
  };

  const createFill =
    (request: OperationRequest, prepared: PreparedOperation, { mediaType, ...asker }: Asker): Fill =>
    (now) =>
      withinItsTime(async (signal) => {
        const { detail, isTextAsked } = prepared;
        const { context, record } = createContext(now, { ...asker, detail, isTextAsked }, signal);
        const onError = (error: GraphQLError): void => {
          context.recorder.incomplete(originOf(error));
          asker.onError(error);
        };
        const executed = await executor.execute({ request, prepared, mediaType, context, onError });
        const { isComplete, ...read } = record();
        const { policy } = prepared;
        const { counts } = context.recorder;
        const holes = locateHoles(executed.body, counts);
        // What cannot be written again must not grow old.
        const limitSeconds = holes.length === counts.length ? Infinity : COUNTER_MAX_AGE_MS / 1000;
        return {
          ...executed,
          ...read,
          ...(holes.length === 0 ? {} : { holes }),
          scope: policy.scope,
          maxAgeSeconds: isComplete ? Math.min(policy.maxAgeSeconds, limitSeconds) : 0,
          // One failure speaks for those who come next: a store that is down has no use for a thousand questions.
          ...(context.recorder.isStoresFault() ? { holdSeconds: HOLD_SECONDS } : {}),
        };
      });

  /** Past the cache; a query is held to the change log all the same. */
  const answerOnce = async (fill: Fill, { operation }: PreparedOperation): Promise<Answered> => {
    const isQuery = operation.operation === OperationTypeNode.QUERY;
    if (isQuery) await vouch(follower);
    const [now, fence, epoch] = [clock.now(), follower.applied(), follower.epoch()];
    const entry: Entry = { ...(await fill(now)), fence, epoch, filledAt: now };
    if (isQuery) await vouch(follower);
    return {
      key: null,
      entry,
      notes: {},
      state: 'bypass',
      tier: null,
      forwarded: null,
      isStored: false,
      // A mutation is not done twice: what it did is said whatever happened since.
      isSendable: () => !isQuery || (isVouchedFor(follower) && !cache.isOver(entry)),
      isKeepable: () => false,
    };
  };

  const isKeepable = ({ operation, policy }: PreparedOperation): boolean =>
    operation.operation === OperationTypeNode.QUERY && policy.maxAgeSeconds > 0 && policy.scope === 'PUBLIC';

  return {
    prepare: documents.prepare,
    isKept: (prepared, asker) => isKeepable(prepared) && cache.holds(keyOf(prepared, asker)),
    async answer(request, prepared, asker) {
      const fill = createFill(request, prepared, asker);
      if (isKeepable(prepared)) {
        // Begun before its own clock: a fill of this request ends by the fill's own, the wait for another's by this.
        const key = keyOf(prepared, asker);
        const answered = cache.through(key, fill);
        return { ...(await withinItsTime(() => answered)), key };
      }
      return answerOnce(fill, prepared);
    },
  };
};
