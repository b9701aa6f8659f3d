import { locatedError, type FieldNode, type GraphQLError } from 'graphql';
import type { Complete, Plan, Run } from './plan.ts';
import { findNullable, isWithinLoss, pathOf, type Slot } from './slot.ts';

/** A run that has not begun. */
export const createRun = (plan: Plan, input: Pick<Run, 'context' | 'variables' | 'given'>): Run => ({
  plan,
  ...input,
  errors: [],
  isLost: false,
  pending: 0,
  onIdle: () => undefined,
});

/** Resolves when `run` waits for nothing. */
export const settle = async (run: Run): Promise<void> => {
  if (run.pending === 0) return;
  await new Promise<void>((resolve) => {
    run.onIdle = resolve;
  });
};

/** `thrown` with the place where it was: `key` under `slot`, or `slot` itself. */
export const locate = (
  thrown: unknown,
  nodes: readonly FieldNode[],
  { slot, key }: { readonly slot: Slot | undefined; readonly key?: string | number },
): GraphQLError => locatedError(thrown, nodes, key === undefined ? pathOf(slot) : [...pathOf(slot), key]);

/** Tells of `error`, of something below `slot`, unless that is lost already: one loss is told once. */
export const tell = (run: Run, error: GraphQLError, slot: Slot | undefined): void => {
  if (!run.isLost && !isWithinLoss(slot)) run.errors.push(error);
};

/** Puts null at the nearest place from `slot` on where it may stand, for `error`. */
const lose = (run: Run, error: GraphQLError, slot: Slot): void => {
  tell(run, error, slot);
  const place = findNullable(slot);
  if (place === undefined) {
    run.isLost = true;
    return;
  }
  place.pieces[place.index] = null;
  place.isLost = true;
};

/** A value that comes later, and where it is to stand. */
export interface Awaited {
  readonly value: PromiseLike<unknown>;
  readonly slot: Slot;
  readonly nodes: readonly FieldNode[];
}

/**
 * Completes `value` when it is there, at its place. Nobody waits level by level: a run counts what is still to come, and
 * is over when nothing is.
 */
export const follow = (run: Run, { value, slot, nodes }: Awaited, complete: Complete): void => {
  const leave = (): void => {
    run.pending -= 1;
    if (run.pending === 0) run.onIdle();
  };
  const fail = (thrown: unknown): void => lose(run, locate(thrown, nodes, { slot }), slot);
  const onValue = (resolved: unknown): void => {
    try {
      slot.pieces[slot.index] = complete(run, resolved, slot);
    } catch (thrown) {
      fail(thrown);
    }
    leave();
  };
  const onError = (thrown: unknown): void => {
    fail(thrown);
    leave();
  };
  run.pending += 1;
  value.then(onValue, onError);
};
