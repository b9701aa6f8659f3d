import { LimitError } from '../../errors.ts';

/** What one request may ask for; every number is the largest that is allowed. */
export interface Limits {
  readonly tokens: number;
  /** Fields below each other; a leaf at the root has depth 1. */
  readonly depth: number;
  /** For `__schema` and `__type`: the standard introspection query is 15 deep. */
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly cost: number;
}

export type LimitName = keyof Limits;

const WORDS: Readonly<Record<LimitName, string>> = {
  tokens: 'tokens',
  depth: 'levels of depth',
  introspectionDepth: 'levels of introspection depth',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  cost: 'cost',
};

/**
 * Nothing, when `actual` is within the limit.
 *
 * @throws {LimitError} naming the limit, its maximum and what the query had.
 */
export const holdLimit = (limits: Limits, limit: LimitName, actual: number): void => {
  if (actual <= limits[limit]) return;
  throw new LimitError(
    limit,
    limits[limit],
    actual,
    `The query has ${actual.toLocaleString('en')} ${WORDS[limit]}; the most allowed is ${limits[limit].toLocaleString('en')}`,
  );
};
