/** What was found out about one part of a configuration. */
export interface Finding {
  readonly part: string;
  readonly state: 'ok' | 'failed';
  /** For whoever has to put it right; no secret in it. */
  readonly detail: string;
}

/** A part answers or not within so long: one that hangs has to be told from one that is slow. */
const DEADLINE_MS = 15_000;

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `part` as `look` finds it; failed with the reason when that fails or takes too long. */
export const findOut = async (
  part: string,
  look: () => Promise<Omit<Finding, 'part'>>,
  deadlineMs = DEADLINE_MS,
): Promise<Finding> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Omit<Finding, 'part'>>((resolve) => {
    timer = setTimeout(
      () => resolve({ state: 'failed', detail: `it did not answer within ${deadlineMs / 1000} s` }),
      deadlineMs,
    );
  });
  try {
    return { part, ...(await Promise.race([look(), late])) };
  } catch (error) {
    return { part, state: 'failed', detail: describe(error) };
  } finally {
    clearTimeout(timer);
  }
};
