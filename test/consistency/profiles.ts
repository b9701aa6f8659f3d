import type { FaultWeights } from './nemesis.ts';
import type { QuestionOptions } from './questions.ts';
import type { WriteMix } from './writers.ts';

/** How a run is made: who reads and writes how much, and what is done to them. */
export interface Profile {
  readonly processes: number;
  /** Per desk. */
  readonly stories: number;
  readonly questions: QuestionOptions;
  readonly readersPerProcess: number;
  readonly readPauseMs: number;
  readonly writers: number;
  readonly writePauseMs: number;
  readonly mix: WriteMix;
  readonly directShare: number;
  readonly faults: FaultWeights;
  readonly faultsAtOnce: number;
  readonly calmMs: number;
  /** Whether lives of one slot share a name. */
  readonly isNameKept: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

/** Everything at once: what the gateway has to stand. */
export const EVERYTHING: Profile = {
  processes: 3,
  stories: 24,
  questions: { shapes: 8, listShare: 0.15, packedShare: 0.1 },
  readersPerProcess: 4,
  readPauseMs: 0,
  writers: 4,
  writePauseMs: 60,
  mix: { edit: 4, editInPlace: 3, move: 2, withdraw: 1, takeDown: 0.5 },
  directShare: 0.2,
  faults: {
    'process killed': 1,
    'process restarted': 0.5,
    'process stopped': 2,
    'machine asleep': 1,
    'wall clock set': 1,
    'SQL cut': 2,
    'SQL swallowed': 2,
    'SQL slow': 2,
    'content slow': 2,
    'process joins': 0.5,
    'Redis hung': 1,
    'Redis killed': 1,
    'Redis flushed': 1,
    'Redis slow': 1,
    'Redis cut': 1,
    'epoch replaced': 0.5,
    'backup restored': 0.5,
  },
  faultsAtOnce: 2,
  calmMs: 1_000,
  isNameKept: false,
  variables: {},
};
