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
  readonly requestsPerConnection: number;
  readonly writers: number;
  readonly writePauseMs: number;
  readonly mix: WriteMix;
  readonly directShare: number;
  readonly faults: FaultWeights;
  readonly faultsAtOnce: number;
  readonly calmMs: number;
  /** Whether lives of one slot share a name. */
  readonly isNameKept: boolean;
  /** Whether the processes are those of one `masthead start`; otherwise each has a port of its own. */
  readonly isBehindOnePort: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

/** Everything at once: what the gateway has to stand. */
export const EVERYTHING: Profile = {
  processes: 3,
  stories: 16,
  questions: { shapes: 4, listShare: 0.1, packedShare: 0.05, newShare: 0.1 },
  readersPerProcess: 4,
  readPauseMs: 0,
  requestsPerConnection: 2_000,
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
    'log slow': 1,
    'log late': 1,
    'outbox late': 1,
    'lease lost': 1,
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
  isBehindOnePort: false,
  variables: {},
};

/** Few stories, read and written again and again. */
const NARROW: Profile = {
  ...EVERYTHING,
  processes: 2,
  stories: 4,
  questions: { shapes: 1, listShare: 0.1, packedShare: 0, newShare: 0 },
  readersPerProcess: 6,
  writers: 4,
  writePauseMs: 30,
  directShare: 1,
  faults: {},
  faultsAtOnce: 1,
  calmMs: 200,
};

/** Nobody is ever pending: what is late is wrong. */
const STRICT = { DEGRADED_SECONDS: '0' };

/** Readers enough for somebody to come while every answer is being made. */
const SLOW_CONTENT: Profile = {
  ...NARROW,
  readersPerProcess: 16,
  faults: { 'content very slow': 2, 'content slow': 1 },
};
const SLOW_LOG: Profile = {
  ...NARROW,
  stories: 12,
  questions: { shapes: 1, listShare: 0, packedShare: 0, newShare: 0 },
  writers: 16,
  faults: { 'log slow': 1 },
  calmMs: 50,
  variables: STRICT,
};
/**
 * Many stories are held and few of them change while a process is away, or it would know of those by what it reads on and
 * serve none of them; nobody announces anything through it.
 */
const LOST_LEASES: Profile = {
  ...NARROW,
  stories: 64,
  questions: { shapes: 1, listShare: 0, packedShare: 0, newShare: 0 },
  writers: 8,
  mix: { edit: 4, editInPlace: 3, move: 2, withdraw: 0, takeDown: 0 },
  faults: { 'lease lost': 1 },
  calmMs: 200,
  variables: STRICT,
};
/** Every question is new, so that every answer is made out of what is kept of the stores. */
const NEW_QUESTIONS: Profile = {
  ...SLOW_CONTENT,
  questions: { shapes: 1, listShare: 0, packedShare: 0, newShare: 1 },
};
const MANY_WITHDRAWALS: Profile = {
  ...SLOW_CONTENT,
  mix: { edit: 1, editInPlace: 0, move: 0, withdraw: 6, takeDown: 2 },
};

/** Logs are lost while some process does not hear of it. */
export const LOST_LOGS: Profile = {
  ...NARROW,
  questions: { ...NARROW.questions, newShare: 0.3 },
  processes: 3,
  faults: { 'epoch replaced': 2, 'backup restored': 1, 'SQL swallowed': 4, 'SQL cut': 2 },
  faultsAtOnce: 2,
  calmMs: 1_500,
};

/** What brings each bad build to light; every other is run like the good one. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  'delete on purge': SLOW_CONTENT,
  'fence after the fill': SLOW_CONTENT,
  'head as fence': { ...NARROW, faults: { 'log late': 1 } },
  'stale part': NARROW,
  'live parts': { ...NARROW, faults: { 'log late': 1, 'content slow': 1 } },
  'no epoch': { ...NARROW, faults: { 'backup restored': 1 }, calmMs: 1_000, variables: STRICT },
  'join a dead fill': SLOW_CONTENT,
  'overtaken by a withdrawal': MANY_WITHDRAWALS,
  'check before the wait': {
    ...MANY_WITHDRAWALS,
    questions: { shapes: 64, listShare: 0, packedShare: 0.1, newShare: 0 },
  },
  'renewal revives': SLOW_LOG,
  'lease from the return': LOST_LEASES,
  'lease by name': { ...NARROW, faults: { 'process overlapped': 1 }, variables: STRICT, isNameKept: true },
  'read then register': LOST_LEASES,
  'no floor': {
    ...NARROW,
    stories: 12,
    questions: { shapes: 4, listShare: 0, packedShare: 0, newShare: 0 },
    readPauseMs: 2,
    processes: 3,
    faultsAtOnce: 2,
    faults: { 'process killed': 1 },
  },
  // Only the import names the list that a story has left.
  'acknowledged without the outbox': {
    ...NARROW,
    questions: { shapes: 1, listShare: 0.7, packedShare: 0, newShare: 0 },
    mix: { edit: 0, editInPlace: 0, move: 1, withdraw: 0, takeDown: 0 },
    faults: { 'outbox late': 1 },
    directShare: 0,
  },
  'entity fence after the reading': NEW_QUESTIONS,
  'entity under its reader’s fence': NEW_QUESTIONS,
  'reading shared after a change': NEW_QUESTIONS,
  'late reading over a newer one': NEW_QUESTIONS,
  // Stories enough for some to be asked for long before they come.
  'nothing found for ever': { ...NEW_QUESTIONS, stories: 64, faults: {} },
  // What is shown while it may be is no proof, and does not last longer than that.
  'entity of another log': { ...NEW_QUESTIONS, faults: { 'backup restored': 1 }, calmMs: 1_000, variables: STRICT },
  'acknowledged without waiting': { ...NARROW, faults: { 'log late': 1 }, directShare: 0 },
};
