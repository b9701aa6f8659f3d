import type { GraphQLError } from 'graphql';
import type { Context } from '../../resolvers/context.ts';
import type { OperationRequest, PreparedOperation } from './documents.ts';

/** How a result is written: `application/json` for whoever asks for nothing newer. */
export const MEDIA_TYPES = ['application/graphql-response+json', 'application/json'] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

/** One operation that may run, and how its result is to be written. */
export interface Execution {
  readonly request: OperationRequest;
  readonly prepared: PreparedOperation;
  readonly mediaType: MediaType;
  readonly context: Context;
  /** Told of every error in the result, before it is made fit to show. */
  readonly onError: (error: GraphQLError) => void;
}

/** A result as bytes. */
export interface Executed {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Runs prepared operations. Whichever does, the bytes are the same. */
export interface Executor {
  execute(execution: Execution): Promise<Executed>;
  stop(): Promise<void>;
}
