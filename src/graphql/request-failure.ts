import { GraphQLError } from 'graphql';
import { BudgetError, GatewayError, LimitError, StoreError, type FaultCode } from '../errors.ts';

/** An operation that was refused before it ran: nothing but errors goes out. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly errors: readonly GraphQLError[];
  readonly code: FaultCode;

  constructor(code: FaultCode, errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? code);
    this.code = code;
    this.errors = errors.map(
      (error) =>
        new GraphQLError(error.message, {
          ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
          ...(error.source === undefined ? {} : { source: error.source }),
          ...(error.positions === undefined ? {} : { positions: error.positions }),
          originalError: originOf(code, error),
          extensions: { code, ...detailsOf(error.originalError) },
        }),
    );
  }
}

/** The failure in which code and message of `error` travel, as those of every error of a resolver do. */
const originOf = (code: FaultCode, { message, originalError }: GraphQLError): GatewayError =>
  originalError instanceof GatewayError && originalError.code === code && originalError.message === message
    ? originalError
    : new GatewayError(code, message);

/** What a fault says beyond its code and message: all of it safe to show. */
export const detailsOf = (error: unknown): Readonly<Record<string, unknown>> => {
  if (error instanceof LimitError) return { limit: error.limit, maximum: error.maximum, actual: error.actual };
  if (error instanceof BudgetError) return { retryAfterSeconds: error.retryAfterSeconds };
  if (error instanceof StoreError) return { store: error.store };
  return {};
};

/** The refusal that carries `error`. */
export const mapToRequestFailure = (error: GatewayError): RequestFailure =>
  new RequestFailure(error.code, [new GraphQLError(error.message, { originalError: error })]);
