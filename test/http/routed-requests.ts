import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Counts requests of this process that get as far as a place. */
export interface CountedRequests {
  count(): number;
  stop(): void;
}

const countOn = (channel: string): CountedRequests => {
  let count = 0;
  const onRequest = (): void => {
    count += 1;
  };
  subscribe(channel, onRequest);
  return { count: () => count, stop: () => void unsubscribe(channel, onRequest) };
};

/** Begins to count those that reach a route's handler: what is answered before the router does not. */
export const countRoutedRequests = (): CountedRequests => countOn('tracing:fastify.request.handler:start');

/** Begins to count those that Node's parser reads: what is answered by its bytes alone is not. */
export const countParsedRequests = (): CountedRequests => countOn('http.server.request.start');
