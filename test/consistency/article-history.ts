import type { Acknowledgement, Tick, Write } from './history.ts';

/** One state of an article. */
export interface State {
  readonly version: number;
  readonly lists: ReadonlySet<string>;
  readonly begunAt: Tick;
  committedAt: Tick | undefined;
}

/** Everything that happened to one article, and what a reader may be shown of it. */
export interface ArticleHistory {
  write(write: Write): void;
  commit(version: number, at: Tick): void;
  acknowledge(acknowledgement: Pick<Acknowledgement, 'version' | 'at' | 'pending'>): void;
  quiet(at: Tick): void;
  /** The state with this version. */
  find(version: number): State | undefined;
  /** The least version a read of `process` that began at `at` may show; 0: none was promised. */
  floor(process: string, at: Tick): number;
  /** The last withdrawal acknowledged, as `process` had to know it, before `at`; 0: none. */
  withdrawnBefore(process: string, at: Tick): number;
  /** States a read may show: from the floor on, begun before the read had ended. */
  admissible(process: string, begunAt: Tick, endedAt: Tick): readonly State[];
  /** When what replaced `version` was committed. */
  replacedAt(version: number): Tick | undefined;
}

interface Promised {
  readonly version: number;
  readonly at: Tick;
  readonly until: ReadonlyMap<string, Tick>;
}

const ABSENT: State = { version: 0, lists: new Set(), begunAt: -Infinity, committedAt: -Infinity };

/** An article nobody has written yet: readers do not find it. */
export const createArticleHistory = (): ArticleHistory => {
  const states: State[] = [ABSENT];
  const indexOf = new Map<number, number>([[0, 0]]);
  const withdrawals = new Set<number>();
  const promises: Promised[] = [];
  const withdrawalPromises: Promised[] = [];

  /** Versions grow with time, so the last promise in force is the strongest. */
  const strongest = (list: readonly Promised[], process: string, at: Tick): number => {
    for (let index = list.length - 1; index >= 0; index -= 1) {
      const promise = list[index];
      if (promise !== undefined && (promise.until.get(process) ?? promise.at) <= at) return promise.version;
    }
    return 0;
  };
  const promise = (version: number, at: Tick, until: ReadonlyMap<string, Tick>): void => {
    promises.push({ version, at, until });
    if (withdrawals.has(version)) withdrawalPromises.push({ version, at, until });
  };

  return {
    write({ version, lists, at, isWithdrawal }) {
      if (version <= (states.at(-1)?.version ?? 0)) throw new TypeError(`version ${version} does not grow`);
      indexOf.set(version, states.length);
      states.push({ version, lists: new Set(lists), begunAt: at, committedAt: undefined });
      if (isWithdrawal) withdrawals.add(version);
    },
    commit(version, at) {
      const state = states[indexOf.get(version) ?? -1];
      if (state !== undefined) state.committedAt ??= at;
    },
    acknowledge({ version, at, pending }) {
      const until = new Map<string, Tick>();
      // Several lives may share a name: the last of them to be over.
      for (const { process, until: end } of pending) until.set(process, Math.max(end, until.get(process) ?? end));
      promise(version, at, until);
    },
    quiet(at) {
      promise(states.at(-1)?.version ?? 0, at, new Map());
    },
    find: (version) => states[indexOf.get(version) ?? -1],
    floor: (process, at) => strongest(promises, process, at),
    withdrawnBefore: (process, at) => strongest(withdrawalPromises, process, at),
    admissible(process, begunAt, endedAt) {
      const first = indexOf.get(strongest(promises, process, begunAt)) ?? 0;
      let last = states.length;
      while (last > first + 1 && (states[last - 1]?.begunAt ?? 0) > endedAt) last -= 1;
      return states.slice(first, last);
    },
    replacedAt: (version) => states[(indexOf.get(version) ?? states.length) + 1]?.committedAt,
  };
};
