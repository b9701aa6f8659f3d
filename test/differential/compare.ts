/** An error of a result, as it is written. */
interface ShownError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

/** A result of GraphQL, read. */
export interface ShownResult {
  readonly data?: unknown;
  readonly errors?: readonly ShownError[];
}

/** The part of `path` down to where null stands in `data`: what the error cost. */
const lossOf = (data: unknown, path: readonly (string | number)[]): string => {
  let value = data;
  let depth = 0;
  while (depth < path.length && typeof value === 'object' && value !== null) {
    value = (value as Record<string | number, unknown>)[path[depth] as string | number];
    depth += 1;
  }
  return JSON.stringify(path.slice(0, depth));
};

const byLoss = ({ data, errors = [] }: ShownResult): ReadonlyMap<string, readonly ShownError[]> =>
  Map.groupBy(errors, ({ path = [] }) => lossOf(data, path));

const isAtItself = (loss: string, errors: readonly ShownError[]): boolean =>
  errors.every(({ path }) => JSON.stringify(path ?? []) === loss);

/** Whether in `result` an error cost more than its own field, by going through what may not be null. */
export const hasSpread = (result: ShownResult): boolean =>
  [...byLoss(result)].some(([loss, errors]) => !isAtItself(loss, errors));

/**
 * What differs in `tested` from `reference`; undefined: nothing that a client may rely on.
 *
 * Data is the same, keys in the same order, and so are errors, in whatever order they happened. Only where null stands for
 * more than one failure, below something that may not be null, the specification lets either be told, as it is chance which
 * came first: there, both tell one.
 */
export const findDifference = (reference: ShownResult, tested: ShownResult): string | undefined => {
  const [expected, actual] = [reference, tested].map(({ data }) => JSON.stringify(data));
  if (expected !== actual) return `data\n  ${actual}\nand should be\n  ${expected}`;
  const [theirs, ours] = [byLoss(reference), byLoss(tested)];
  for (const loss of new Set([...theirs.keys(), ...ours.keys()])) {
    const [known, found] = [theirs.get(loss) ?? [], ours.get(loss) ?? []];
    if (known.length > 0 && found.length > 0 && !(isAtItself(loss, known) && isAtItself(loss, found))) continue;
    const [right, said] = [known, found].map((errors) => JSON.stringify(errors));
    if (right !== said) return `errors at ${loss}\n  ${said}\nand should be\n  ${right}`;
  }
  return undefined;
};
