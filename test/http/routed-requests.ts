import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Counts the requests that reach a route's handler in this process: what is answered before the router does not. */
export interface RoutedRequests {
  count(): number;
  stop(): void;
}

const CHANNEL = 'tracing:fastify.request.handler:start';

/** Begins to count. */
export const countRoutedRequests = (): RoutedRequests => {
  let count = 0;
  const onRouted = (): void => {
    count += 1;
  };
  subscribe(CHANNEL, onRouted);
  return { count: () => count, stop: () => void unsubscribe(CHANNEL, onRouted) };
};
