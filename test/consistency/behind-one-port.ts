import type { Profile } from './profiles.ts';

/** Done to a machine of its own, or beside the processes that are always there: there is no such thing behind one port. */
const NEEDS_ITS_OWN: ReadonlySet<string> = new Set([
  'machine asleep',
  'wall clock set',
  'process joins',
  'process overlapped',
]);
/** A connection for each question: no more of them than the system has ports to give. */
const PAUSE_MS = 4;

/** `profile` with its processes behind one port, and readers who come anew with every question: whoever is free answers. */
export const behindOnePort = (profile: Profile): Profile => ({
  ...profile,
  isBehindOnePort: true,
  requestsPerConnection: 1,
  readPauseMs: Math.max(profile.readPauseMs, PAUSE_MS),
  faults: Object.fromEntries(Object.entries(profile.faults).filter(([name]) => !NEEDS_ITS_OWN.has(name))),
});
