import { APPENDING, JOINING, LEASES } from './lease-builds.ts';
import { FENCES, FILLS, SENDING } from './cache-builds.ts';
import { ENTITIES } from './entity-builds.ts';
import type { BadBuild } from './patch.ts';

/**
 * Gateways with one rule of the change protocol broken each; the checker has to tell every one of them from the real one.
 * One is no bad build: it keeps all rules, so that what it shares with two others is not what they are caught for.
 */
export const BAD_BUILDS: readonly BadBuild[] = [
  ...FENCES,
  ...ENTITIES,
  ...FILLS,
  ...SENDING,
  ...LEASES,
  ...JOINING,
  ...APPENDING,
];

/** @throws when there is none of this name. */
export const findBadBuild = (name: string): BadBuild => {
  const found = BAD_BUILDS.find((build) => build.name === name);
  if (found !== undefined) return found;
  throw new TypeError(
    `No bad build is called "${name}". There are: ${BAD_BUILDS.map((build) => build.name).join(', ')}`,
  );
};
