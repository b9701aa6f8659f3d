import { createGuard, type Guard } from '../../../src/stores/guarded/guard.ts';
import { DEFAULT_GUARD, type GuardSettings } from '../../../src/stores/guarded/guard-settings.ts';

/** A guard whose clock a test winds, and what it told. */
export interface HandGuard {
  readonly guard: Guard;
  /** Moves its clock on. */
  wind(milliseconds: number): void;
  /** In order: `answered`, `late`, `refused: open`, `retried`, `sick: …`, `well`. */
  readonly told: string[];
}

/** A guard of the store `wires`, with few retries to spare time. */
export const createHandGuard = (settings: Partial<GuardSettings> = {}): HandGuard => {
  let nowMs = 0;
  const told: string[] = [];
  const guard = createGuard({
    name: 'wires',
    settings: { ...DEFAULT_GUARD, ...settings },
    monotonic: () => nowMs,
    random: () => 0,
    observe: {
      called: (outcome) => told.push(outcome),
      refused: (reason) => told.push(`refused: ${reason}`),
      retried: () => told.push('retried'),
      stateChanged: (isWell, reason) => told.push(isWell ? 'well' : `sick: ${(reason as Error).message}`),
    },
  });
  return { guard, told, wind: (milliseconds) => void (nowMs += milliseconds) };
};
