import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import { GatewayError, StoreError, type FaultCode } from '../errors.ts';
import { detailsOf } from './request-failure.ts';

/** What a client is told when the reason is nobody's business. */
const MASKED_MESSAGE = 'Internal error';

/** The failure a resolver threw, under the wrappings of the executor. */
export const originOf = (error: unknown): unknown => {
  let origin = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined && origin.originalError !== null)
    origin = origin.originalError;
  return origin;
};

/** The code of `error`, from the one table; anything we did not foresee is INTERNAL. */
export const codeOf = (error: unknown): FaultCode => {
  const origin = originOf(error);
  if (origin instanceof GatewayError) return origin.code;
  // What the executor itself says of a value in the document is the client's doing; of a field, it says that what came
  // from a store does not fit the schema.
  const place = origin instanceof GraphQLError ? origin.nodes?.[0] : undefined;
  return place === undefined || place.kind === Kind.FIELD ? 'INTERNAL' : 'BAD_USER_INPUT';
};

/** The name of the store that failed; empty when none did. */
export const storeOf = (error: unknown): string => {
  const origin = originOf(error);
  return origin instanceof StoreError ? origin.store : '';
};

/** `error` as a client sees it: a message that was written to be seen, its place, and a code. Never a stack, SQL or address. */
export const formatError = (error: GraphQLError): GraphQLFormattedError => {
  const origin = originOf(error);
  const code = codeOf(error);
  return {
    message: code === 'INTERNAL' ? MASKED_MESSAGE : origin instanceof GatewayError ? origin.message : error.message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { code, ...detailsOf(origin) },
  };
};
