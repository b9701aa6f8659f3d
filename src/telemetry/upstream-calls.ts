import { AsyncLocalStorage } from 'node:async_hooks';

/** What one store was asked for one request. */
export interface UpstreamCall {
  readonly calls: number;
  /** Added up: of calls that ran beside each other, each counts. */
  readonly milliseconds: number;
}

/** By the name of the store. */
export type UpstreamReport = Readonly<Record<string, UpstreamCall>>;

/** Counts calls to stores for whoever asks for it, and costs nobody else anything but a look. */
export interface UpstreamCalls {
  /** Begins a call to `store`; what it gives ends it. Undefined: nobody asked. */
  begin(store: string): (() => void) | undefined;
  /** What `work` gives, and the calls that ended until then and were made for it. */
  during<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly upstream: UpstreamReport }>;
}

type Tally = Map<string, { calls: number; milliseconds: number }>;

/** Counts along the asynchronous context of the request: a loader need not know. */
export const createUpstreamCalls = (): UpstreamCalls => {
  const storage = new AsyncLocalStorage<Tally>();
  return {
    begin(store) {
      const tally = storage.getStore();
      if (tally === undefined) return undefined;
      const beganAt = performance.now();
      return () => {
        const { calls, milliseconds } = tally.get(store) ?? { calls: 0, milliseconds: 0 };
        tally.set(store, { calls: calls + 1, milliseconds: milliseconds + performance.now() - beganAt });
      };
    },
    async during(work) {
      const tally: Tally = new Map();
      const value = await storage.run(tally, work);
      // A tenth of one is as exact as anyone can use.
      const rounded = [...tally].map(([store, { calls, milliseconds }]): [string, UpstreamCall] => [
        store,
        { calls, milliseconds: Math.round(milliseconds * 10) / 10 },
      ]);
      return { value, upstream: Object.fromEntries(rounded) };
    },
  };
};
