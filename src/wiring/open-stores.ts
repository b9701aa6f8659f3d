import type { ChangeHook } from '../http/verify-hook.ts';
import { worstOf, type PartState } from '../http/part-state.ts';
import type { IndexKeeper } from '../ingest/index/index-keeper.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { createUpstreamCalls, type UpstreamCalls } from '../telemetry/upstream-calls.ts';
import { connectStores, type ConnectStoresOptions } from './connect-stores.ts';
import { guardUpstreams } from './guard-upstreams.ts';
import type { Parts } from './parts.ts';

export interface OpenStoresOptions extends Omit<ConnectStoresOptions, 'guards' | 'upstream' | 'indexedStores'> {
  readonly swap: Partial<Pick<Parts, 'storesOf' | 'openStores' | 'indexedStores'>>;
}

/** Where content is read, and how that is watched. */
export interface OpenedStores {
  readonly storesOf: StoresOf;
  readonly upstream: UpstreamCalls;
  /** Who may sign what it reports. */
  readonly hooks: readonly ChangeHook[];
  /** Of the stores that are indexed, by name. */
  readonly keepers: ReadonlyMap<string, IndexKeeper>;
  /** Every store by name. */
  states(): Readonly<Record<string, PartState>>;
  /** Begins to keep the indexes. */
  start(): void;
  /** As of `ConnectedStores`. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** The stores of the configuration, or those that a test puts in their place. */
export const openStores = ({ swap, ...options }: OpenStoresOptions): OpenedStores => {
  const guards = guardUpstreams(options);
  const upstream = createUpstreamCalls();
  const tools = { guards, upstream };
  const swapped = swap.storesOf ?? swap.openStores?.(tools);
  const connected =
    swapped === undefined
      ? connectStores({ ...options, ...tools, indexedStores: swap.indexedStores ?? [] })
      : { storesOf: swapped };
  const kept = 'hooks' in connected ? connected : undefined;
  return {
    storesOf: connected.storesOf,
    upstream,
    hooks: kept?.hooks ?? [],
    keepers: kept?.keepers ?? new Map(),
    states: () => worstOf(guards.states(), kept?.states() ?? {}),
    start: () => kept?.start(),
    async catchUp() {
      await kept?.catchUp();
    },
    async close() {
      guards.close();
      await kept?.close();
    },
  };
};
