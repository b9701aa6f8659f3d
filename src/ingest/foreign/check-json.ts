/** Deeper ones are refused: nobody writes them, and whoever walks them walks recursively. */
const MAX_DEPTH = 64;
/** Values of one file or item, those that hold others too; XML has as many parts. */
const MAX_VALUES = 500_000;

/** What is wrong with the size of JSON. */
export interface JsonFaults {
  /** Undefined: it has not too many values. */
  readonly values: string | undefined;
  /** Undefined: it does not nest too deep. */
  readonly depth: string | undefined;
}

/** Looks for what is wrong with the size of `value`, which was parsed from JSON; ends where it has too many values. */
export const checkJson = (value: unknown): JsonFaults => {
  let count = 0;
  let isDeep = false;
  const walk = (inner: unknown, depth: number): void => {
    count += 1;
    if (typeof inner !== 'object' || inner === null) return;
    if (depth > MAX_DEPTH) {
      isDeep = true;
      return;
    }
    for (const member of Array.isArray(inner) ? (inner as readonly unknown[]) : Object.values(inner)) {
      if (count > MAX_VALUES) return;
      walk(member, depth + 1);
    }
  };
  walk(value, 0);
  const most = MAX_VALUES.toLocaleString('en');
  return {
    values: count > MAX_VALUES ? `more than ${most} values, which is the most that is read at once` : undefined,
    depth: isDeep ? `nests deeper than ${MAX_DEPTH}` : undefined,
  };
};
