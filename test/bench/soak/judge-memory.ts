/** What a run says of a process's memory. */
export interface MemoryVerdict {
  readonly isSound: boolean;
  /** In a sentence. */
  readonly told: string;
}

/** A heap breathes: what lies within this of another is the same. */
const BREATH = 0.1;

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Compares the last quarter of a run with the one before: caches have filled up by the middle of it, and whatever grows
 * after that grows for ever.
 *
 * @param megabytes one figure a minute.
 */
export const judgeMemory = (megabytes: readonly number[], limitMegabytes: number): MemoryVerdict => {
  const quarter = Math.max(1, Math.floor(megabytes.length / 4));
  const [before, last] = [meanOf(megabytes.slice(-2 * quarter, -quarter)), meanOf(megabytes.slice(-quarter))];
  const most = Math.max(...megabytes);
  const hasGrown = last > before * (1 + BREATH);
  const isTooMuch = most > limitMegabytes;
  const told = [
    `at most ${most.toFixed(0)} MB of ${limitMegabytes}${isTooMuch ? ': TOO MUCH' : ''}`,
    `${before.toFixed(0)} MB in the third quarter, ${last.toFixed(0)} in the last${hasGrown ? ': IT GROWS' : ''}`,
  ].join('; ');
  return { isSound: !hasGrown && !isTooMuch, told };
};
