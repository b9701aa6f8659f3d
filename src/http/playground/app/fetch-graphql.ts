import type { Fetcher } from '@graphiql/toolkit';
import { type ExecutionResult, Kind, parse } from 'graphql';

/**
 * Sends an operation to the gateway this page came from and gives its answer, errors included.
 *
 * @throws with the status and the text, when something in between answered and not the gateway.
 */
export const fetchGraphQL: Fetcher = async ({ query, variables, operationName }, options) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    // No cookie, no cached login: credentials travel in headers somebody typed, or not at all.
    credentials: 'omit',
    headers: {
      ...options?.headers,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9, application/problem+json;q=0.8',
    },
    body: JSON.stringify({ query, variables, operationName: nameOf(query, operationName) }),
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as ExecutionResult;
  } catch {
    throw new Error(`${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
  }
};

/** The name of the only operation, else what GraphiQL says: right after a change of tab it still names the last one. */
const nameOf = (query: string, operationName: string | null | undefined): string | null => {
  try {
    const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    return operations.length === 1 ? (operations[0]?.name?.value ?? null) : (operationName ?? null);
  } catch {
    // The gateway says where the syntax is wrong, better than we could.
    return operationName ?? null;
  }
};
