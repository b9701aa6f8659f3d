/** What a process took in a minute, in megabytes, by a look each second. */
export interface MinuteOfMemory {
  readonly mean: number;
  readonly most: number;
}

/** What a run says of a process's memory. */
export interface MemoryVerdict {
  readonly isSound: boolean;
  /** In a sentence. */
  readonly told: string;
}

/** A heap breathes: what lies within this of another is the same. */
const BREATH = 0.05;

const meanOf = (minutes: readonly MinuteOfMemory[]): number =>
  minutes.reduce((sum, { mean }) => sum + mean, 0) / minutes.length;

/**
 * Compares the last quarter of a run with the one before: caches have filled up by the middle of it, and whatever grows
 * after that grows for ever.
 */
export const judgeMemory = (minutes: readonly MinuteOfMemory[], limitMegabytes: number): MemoryVerdict => {
  const quarter = Math.max(1, Math.floor(minutes.length / 4));
  const [before, last] = [meanOf(minutes.slice(-2 * quarter, -quarter)), meanOf(minutes.slice(-quarter))];
  const most = Math.max(...minutes.map((minute) => minute.most));
  const hasGrown = last > before * (1 + BREATH);
  const isTooMuch = most > limitMegabytes;
  const told = [
    `at most ${most.toFixed(0)} MB of ${limitMegabytes}${isTooMuch ? ': TOO MUCH' : ''}`,
    `${before.toFixed(0)} MB in the third quarter, ${last.toFixed(0)} in the last${hasGrown ? ': IT GROWS' : ''}`,
  ].join('; ');
  return { isSound: !hasGrown && !isTooMuch, told };
};
