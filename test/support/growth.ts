/** Below this many milliseconds a ratio says nothing. */
const FLOOR_MS = 40;
const ROUNDS = 3;

const leastMs = async (run: () => unknown): Promise<number> => {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
};

/**
 * How many times the work of `run` grows when `size` is doubled: about 2 when it grows with the size, 4 with its square. By
 * time of the processor, the least of three, so that neighbours do not count; work of a few milliseconds counts as `FLOOR_MS`.
 */
export const growthOf = async (size: number, run: (size: number) => unknown): Promise<number> => {
  const [once, twice] = [await leastMs(() => run(size)), await leastMs(() => run(size * 2))];
  return Math.max(twice, FLOOR_MS) / Math.max(once, FLOOR_MS);
};
