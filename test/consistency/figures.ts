/** How long things took. */
export interface Durations {
  add(milliseconds: number): void;
  count(): number;
  /** In milliseconds; `share` 0.5 is the median. */
  quantile(share: number): number;
  maximum(): number;
}

const SAMPLE_LIMIT = 100_000;

/** Exact up to 100,000 values, of the latest then. */
export const createDurations = (): Durations => {
  const values: number[] = [];
  let count = 0;
  let maximum = 0;
  return {
    add(milliseconds) {
      values[count % SAMPLE_LIMIT] = milliseconds;
      count += 1;
      maximum = Math.max(maximum, milliseconds);
    },
    count: () => count,
    quantile: (share) => values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN,
    maximum: () => maximum,
  };
};

/** What one kind of fault did to the requests that ran while it lasted. */
export interface FaultCost {
  readonly times: number;
  readonly requests: number;
  readonly failed: number;
  /** Longer than half a second. */
  readonly slow: number;
  readonly slowestMs: number;
}

/** Who asks what faults cost. */
export interface CostBook {
  /** A fault of this kind begins; call what is returned when it has ended. */
  begin(fault: string): () => void;
  /** Faults that last; empty in calm weather. */
  active(): ReadonlySet<string>;
  /** How many faults have begun so far. */
  begun(): number;
  request(during: ReadonlySet<string>, milliseconds: number, isFailed: boolean): void;
  costs(): ReadonlyMap<string, FaultCost>;
}

/** Slower than this is slow to a reader. */
const SLOW_MS = 500;
export const CALM = 'no fault';

type Counted = { -readonly [Name in keyof FaultCost]: FaultCost[Name] };

/** An empty book. */
export const createCostBook = (): CostBook => {
  const book = new Map<string, Counted>();
  const lasting: string[] = [];
  let begun = 0;
  const costOf = (fault: string): Counted => {
    const known = book.get(fault) ?? { times: 0, requests: 0, failed: 0, slow: 0, slowestMs: 0 };
    book.set(fault, known);
    return known;
  };
  return {
    begin(fault) {
      costOf(fault).times += 1;
      lasting.push(fault);
      begun += 1;
      return () => void lasting.splice(lasting.indexOf(fault), 1);
    },
    active: () => new Set(lasting),
    begun: () => begun,
    request(during, milliseconds, isFailed) {
      for (const fault of during.size === 0 ? [CALM] : during) {
        const cost = costOf(fault);
        cost.requests += 1;
        if (isFailed) cost.failed += 1;
        if (milliseconds > SLOW_MS) cost.slow += 1;
        cost.slowestMs = Math.max(cost.slowestMs, milliseconds);
      }
    },
    costs: () => book,
  };
};
