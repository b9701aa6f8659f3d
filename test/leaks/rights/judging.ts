import { expectedOf, type CONTRACTS } from './oracle.ts';
import type { RightsQuestion } from './rights-rig.ts';
import { idOfFact, type Fact } from './world.ts';

export type Contract = (typeof CONTRACTS)[string];

/** A question, and what is wrong with an answer to it: nothing, or how it differs from what the contract says. */
export interface RightsProbe {
  readonly name: string;
  readonly question: RightsQuestion;
  readonly judge: (data: Json, contract: Contract, now: number) => readonly string[];
}

/** As it came out of JSON. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export const isSeen = (contract: Contract, fact: Fact, now: number): boolean =>
  ['FULL', 'EXCERPT'].includes(expectedOf(contract, fact, now));

export const seenOf = (facts: readonly Fact[], contract: Contract, now: number): readonly Fact[] =>
  facts.filter((fact) => isSeen(contract, fact, now));

export const differ = (what: string, given: unknown, expected: unknown): readonly string[] =>
  JSON.stringify(given) === JSON.stringify(expected)
    ? []
    : [`${what}: ${JSON.stringify(given)} instead of ${JSON.stringify(expected)}`];

/** How two sets of ids differ, in short. */
export const differInIds = (what: string, given: Iterable<string>, expected: Iterable<string>): readonly string[] => {
  const [has, wants] = [new Set(given), new Set(expected)];
  const [more, less] = [[...has].filter((id) => !wants.has(id)), [...wants].filter((id) => !has.has(id))];
  return more.length + less.length === 0
    ? []
    : [`${what}: too much ${more.slice(0, 5).join(' ')}; missing ${less.slice(0, 5).join(' ')}`];
};

export const sortedIds = (nodes: readonly Json[]): readonly string[] =>
  nodes.map(({ id }: Json) => String(id)).toSorted();
export const idsOf = (facts: readonly Fact[]): readonly string[] => facts.map(idOfFact).toSorted();
