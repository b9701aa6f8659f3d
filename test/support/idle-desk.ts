import type { EngagementDesk } from '../../src/engagement/engagement-desk.ts';

/** A desk that admits everybody and counts nothing. */
export const idleDesk: EngagementDesk = { admit: async () => undefined, count: async () => undefined };
