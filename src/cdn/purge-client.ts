import { batchesOf } from '../content/batches-of.ts';
import type { HttpClient } from '../outbound/http-client.ts';

/** A CDN that did not say that it purged. */
export class PurgeError extends Error {
  override readonly name = 'PurgeError';
  /** What the CDN asks to wait before the next try; 0: nothing was asked. */
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Tells a CDN which keys to drop. */
export interface PurgeClient {
  /**
   * Resolves when the CDN has confirmed every key.
   *
   * @throws {PurgeError | OutboundError} when it has not confirmed one; others may be gone.
   */
  purge(keys: readonly string[], signal: AbortSignal): Promise<void>;
}

export interface PurgeClientOptions {
  readonly http: HttpClient;
  /** http or https; a user and password in it are sent as `Authorization: Basic`. */
  readonly url: string;
  readonly token?: string | undefined;
  /** Fastly takes 256 keys a request at most. */
  readonly keysPerRequest: number;
  readonly deadlineMs?: number;
  /** Told how each request went. */
  readonly onRequest?: (outcome: 'purged' | 'failed', keys: number) => void;
}

/** Requests on their way at once. */
const CONCURRENCY = 4;
const ANSWER_LIMIT_BYTES = 256 * 1024;
/** Longest wait a CDN may ask for: then it is asked again, whatever it said. */
const RETRY_AFTER_LIMIT_SECONDS = 120;

/** Fastly has a header of its own for tokens; elsewhere a token is a bearer's. */
const credentialsOf = (url: string, token: string | undefined): Readonly<Record<string, string>> => {
  if (token === undefined) return {};
  const isFastly = /(^|\.)fastly\.com$/.test(new URL(url).hostname);
  return isFastly ? { 'fastly-key': token } : { authorization: `Bearer ${token}` };
};

const retryAfterMsOf = (headers: Headers): number => {
  const seconds = Number(headers.get('retry-after') ?? '0');
  return seconds > 0 ? Math.min(seconds, RETRY_AFTER_LIMIT_SECONDS) * 1000 : 0;
};

/** Purges as Fastly does: `POST url`, the keys in `Surrogate-Key`, any 2xx confirms. */
export const createPurgeClient = ({
  http,
  url,
  token,
  keysPerRequest,
  deadlineMs = 5_000,
  onRequest = () => undefined,
}: PurgeClientOptions): PurgeClient => {
  const credentials = credentialsOf(url, token);

  const send = async (keys: readonly string[], signal: AbortSignal): Promise<void> => {
    try {
      const { status, headers } = await http.send({
        url,
        method: 'POST',
        headers: { ...credentials, 'surrogate-key': keys.join(' ') },
        deadlineMs,
        limitBytes: ANSWER_LIMIT_BYTES,
        signal,
      });
      if (status < 200 || status > 299)
        throw new PurgeError(`The CDN answered a purge with ${status}`, retryAfterMsOf(headers));
    } catch (error) {
      if (!signal.aborted) onRequest('failed', keys.length);
      throw error;
    }
    onRequest('purged', keys.length);
  };

  return {
    async purge(keys, signal) {
      const waiting = [...batchesOf(keys, keysPerRequest)];
      // The first failure ends the others: all of it is sent again.
      const failure = new AbortController();
      const either = AbortSignal.any([signal, failure.signal]);
      const work = async (): Promise<void> => {
        for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) await send(chunk, either);
      };
      const workers = Array.from({ length: Math.min(CONCURRENCY, waiting.length) }, () =>
        work().catch((error: unknown) => failure.abort(error)),
      );
      await Promise.all(workers);
      failure.signal.throwIfAborted();
    },
  };
};
