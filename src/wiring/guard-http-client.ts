import { createHttpClient, type HttpClient, type HttpClientOptions } from '../outbound/http-client.ts';
import { countRequests } from '../stores/guarded/count-calls.ts';
import { guardClient, type GuardClientOptions } from '../stores/guarded/guard-client.ts';
import type { GuardSettings } from '../stores/guarded/guard-settings.ts';
import type { UpstreamCalls } from '../telemetry/upstream-calls.ts';
import type { Guards } from './guard-upstreams.ts';

export interface GuardedHttpOptions extends GuardClientOptions, Pick<HttpClientOptions, 'limitBytes'> {
  /** As configured; in errors, metrics, /readyz and `extensions.upstream`. */
  readonly name: string;
  readonly settings: GuardSettings;
  readonly guards: Guards;
  readonly upstream: UpstreamCalls;
  /** Tries the store while it is sick; gets a client that is not guarded. Absent: the next reader's call does. */
  readonly probe?: (client: HttpClient) => Promise<unknown>;
}

/** A client for one store behind HTTP, guarded, and counted by attempt. */
export const guardHttpClient = ({
  name,
  settings,
  guards,
  upstream,
  probe,
  limitBytes,
  ...options
}: GuardedHttpOptions): HttpClient => {
  // The guard ends a call; this is for what is not guarded.
  const deadline = settings.deadlineMs === null ? {} : { deadlineMs: settings.deadlineMs };
  const client = createHttpClient({ ...deadline, ...(limitBytes === undefined ? {} : { limitBytes }) });
  const guard = guards.guardOf({ name, settings, probe: probe && (() => probe(client)) });
  return guardClient(
    countRequests(client, () => upstream.begin(name)),
    guard,
    options,
  );
};
