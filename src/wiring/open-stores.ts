import { worstOf } from '../http/part-state.ts';
import { createUpstreamCalls, type UpstreamCalls } from '../telemetry/upstream-calls.ts';
import { connectStores, type ConnectedStores, type ConnectStoresOptions } from './connect-stores.ts';
import { guardUpstreams } from './guard-upstreams.ts';
import type { Parts } from './parts.ts';

export interface OpenStoresOptions extends Omit<ConnectStoresOptions, 'guards' | 'upstream' | 'indexedStores'> {
  readonly swap: Partial<Pick<Parts, 'storesOf' | 'openStores' | 'indexedStores'>>;
}

/** Where content is read, and how that is watched. */
export interface OpenedStores extends ConnectedStores {
  readonly upstream: UpstreamCalls;
}

/** What there is besides to stores that a test puts in their place. */
const NOTHING_KEPT: Omit<ConnectedStores, 'storesOf' | 'databaseOf'> = {
  hooks: [],
  keepers: new Map(),
  states: () => ({}),
  start: () => undefined,
  catchUp: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** The stores of the configuration, or those that a test puts in their place. */
export const openStores = ({ swap, ...options }: OpenStoresOptions): OpenedStores => {
  const guards = guardUpstreams(options);
  const upstream = createUpstreamCalls();
  const tools = { guards, upstream };
  const swapped = swap.storesOf ?? swap.openStores?.(tools);
  const connected =
    swapped === undefined
      ? connectStores({ ...options, ...tools, indexedStores: swap.indexedStores ?? [] })
      : { ...NOTHING_KEPT, storesOf: swapped, databaseOf: () => options.database };
  return {
    ...connected,
    upstream,
    states: () => worstOf(guards.states(), connected.states()),
    async close() {
      guards.close();
      await connected.close();
    },
  };
};
