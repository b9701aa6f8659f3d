import { createChecker, type Checker } from './checker.ts';
import type { HistoryEvent, Violation } from './history.ts';
import { tellViolation } from './tell-violation.ts';

/** Hands a history to the checker as it happens, and remembers enough of it to tell how a promise was broken. */
export interface Recorder {
  take(event: HistoryEvent): void;
  violation(): Violation | undefined;
  /** Resolves at the first violation. */
  readonly violated: Promise<void>;
  figures: Checker['figures'];
  /** As of `tellViolation`; nothing while every promise held. */
  trace(): readonly string[];
  fail(violation: Violation): void;
}

const KEPT_EVENTS = 40_000;

/** A recorder of a history that begins now. */
export const createRecorder = (): Recorder => {
  const checker = createChecker();
  let kept: HistoryEvent[] = [];
  let violation: Violation | undefined;
  let tell = (): void => undefined;
  const violated = new Promise<void>((resolve) => (tell = resolve));
  const fail = (found: Violation): void => {
    violation ??= found;
    tell();
  };
  return {
    take(event) {
      // What comes after is told about nothing.
      if (violation !== undefined) return;
      kept.push(event);
      if (kept.length > KEPT_EVENTS * 2) kept = kept.slice(-KEPT_EVENTS);
      const found = checker.take(event);
      if (found !== undefined) fail(found);
    },
    violation: () => violation,
    violated,
    figures: checker.figures,
    fail,
    trace: () => (violation === undefined ? [] : tellViolation(kept, violation)),
  };
};
