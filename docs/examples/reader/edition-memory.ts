import type { GatewayClient } from './gateway-client.ts';
import type { DeskFragment } from './operations.generated.ts';

/** Which editions there are, asked once a minute. */
export interface EditionMemory {
  /** @throws {GatewayAway} when the gateway is away and never said. */
  editions(): Promise<readonly DeskFragment[]>;
  /** What it said last; empty: nothing yet. */
  remembered(): readonly DeskFragment[];
}

const KEPT_MS = 60_000;

export const createEditionMemory = (client: GatewayClient, now: () => number): EditionMemory => {
  let known: readonly DeskFragment[] = [];
  let askedAt = -Infinity;

  return {
    remembered: () => known,
    editions: async () => {
      if (now() - askedAt < KEPT_MS) return known;
      try {
        known = (await client.ask('Editions', {})).data.editions;
        askedAt = now();
      } catch (error) {
        if (known.length === 0) throw error;
      }
      return known;
    },
  };
};
