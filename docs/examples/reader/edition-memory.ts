import type { GatewayClient } from './gateway-client.ts';
import type { DeskFragment } from './operations.generated.ts';

/** Which editions there are, asked once a minute. */
export interface EditionMemory {
  /**
   * What is remembered, at once: what is older than a minute is renewed beside the page. Only before the first answer is one waited
   * for, by all who ask then together.
   *
   * @throws {GatewayAway} when the gateway is away and never said.
   */
  editions(): Promise<readonly DeskFragment[]>;
  /** What it said last; empty: nothing yet. */
  remembered(): readonly DeskFragment[];
}

const KEPT_MS = 60_000;
/** A gateway that failed is left alone for a moment: its pages need not wait for it one after the other. */
const FAILURE_KEPT_MS = 2_000;

/** Remembers what `client` says; `now` gives milliseconds since 1970. */
export const createEditionMemory = (client: GatewayClient, now: () => number): EditionMemory => {
  let known: readonly DeskFragment[] = [];
  let dueAt = -Infinity;
  let failure: unknown = null;
  let asking: Promise<void> | null = null;

  const ask = async (): Promise<void> => {
    try {
      known = (await client.ask('Editions', {})).data.editions;
      failure = null;
      dueAt = now() + KEPT_MS;
    } catch (error) {
      failure = error;
      dueAt = now() + FAILURE_KEPT_MS;
    }
    asking = null;
  };

  return {
    remembered: () => known,
    editions: async () => {
      if (now() >= dueAt) asking ??= ask();
      if (known.length > 0) return known;
      await asking;
      if (failure !== null) throw failure;
      return known;
    },
  };
};
