/** Below this many milliseconds a ratio says nothing. */
const FLOOR_MS = 40;
const ROUNDS = 3;

const workMs = async (run: () => unknown): Promise<number> => {
  const before = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(before);
  return Math.max((user + system) / 1_000, FLOOR_MS);
};

/**
 * How many times the work of `run` grows when `size` is doubled: about 2 when it grows with the size, 4 with its square. By
 * time of this thread on the processor, the least of three pairs after a first run, so that neighbours and what is yet to be
 * compiled do not count; work of a few milliseconds counts as `FLOOR_MS`.
 */
export const growthOf = async (size: number, run: (size: number) => unknown): Promise<number> => {
  await run(size);
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const once = await workMs(() => run(size));
    least = Math.min(least, (await workMs(() => run(size * 2))) / once);
  }
  return least;
};
