import type { HttpClient, OutboundAnswer, OutboundRequest } from '../../outbound/http-client.ts';
import { isSaidToBeJson } from '../../outbound/parse-json.ts';
import type { Guard } from './guard.ts';
import { AnswerError } from './judge-failure.ts';

export interface GuardClientOptions {
  /** Every answer with a body is to be JSON: a page for people, and a redirect, is then a failure of the store. */
  readonly isJson?: boolean;
  /** Whether sending it twice is sending it once; default: GET and HEAD are. A query sent by POST is too. */
  readonly isIdempotent?: (request: OutboundRequest) => boolean;
}

/** It failed for now, and whoever stands in front of it says so in its place. */
const PASSING: ReadonlySet<number> = new Set([502, 503, 504]);

/** Seconds, or a date (RFC 9110, 10.2.3); undefined: neither. */
const parseRetryAfter = (text: string | null): number | undefined => {
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
};

/** @throws {AnswerError} when the answer says that the store failed, not that there is nothing or that we asked wrongly. */
const refuseFailure = ({ status, headers }: OutboundAnswer, isJson: boolean): void => {
  if (status === 429 || status >= 500)
    throw new AnswerError(status === 429 || status === 503 ? 'busy' : 'broken', `answered ${status}`, {
      retryAfterMs: parseRetryAfter(headers.get('retry-after')),
      isPassing: status === 429 || PASSING.has(status),
    });
  if (!isJson || status >= 400 || status === 204 || status === 304) return;
  if (status >= 300) throw new AnswerError('contract', `answered ${status}: no redirect is followed`);
  if (!isSaidToBeJson(headers))
    throw new AnswerError('contract', `answered ${status} with what is not said to be JSON`);
};

const isSafe = ({ method = 'GET' }: OutboundRequest): boolean => ['GET', 'HEAD'].includes(method.toUpperCase());

/**
 * `client` for one store, behind `guard`: in time, retried where that helps and does no harm, not at all while the store is
 * sick. 4xx but 429 are answers.
 *
 * @throws {StoreError} on `send`, for no answer in time, 429 and 5xx.
 */
export const guardClient = (
  client: HttpClient,
  guard: Guard,
  { isJson = false, isIdempotent = isSafe }: GuardClientOptions = {},
): HttpClient => ({
  send: (request) =>
    guard.run(
      async (signal) => {
        const answer = await client.send({ ...request, signal });
        refuseFailure(answer, isJson);
        return answer;
      },
      { isIdempotent: isIdempotent(request), ...(request.signal === undefined ? {} : { signal: request.signal }) },
    ),
});
