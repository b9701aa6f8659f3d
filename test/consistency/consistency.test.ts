import { describe, expect, inject, it } from 'vitest';
import { BAD_BUILDS } from './bad-builds/bad-builds.ts';
import { createFreshDatabase } from './fresh-database.ts';
import { EVERYTHING, LOST_LOGS, PROFILES, type Profile } from './profiles.ts';
import { runChecker, type RunResult } from './run-checker.ts';
import { NOTHING, tellResult } from './tell-result.ts';

/** Real processes start first, and a good build settles at the end. */
const AROUND_MS = 90_000;
/** Another one for each run. */
let seed = Date.now() % 1_000_000;

const run = async (seconds: number, name: string | null, profile?: Profile) => {
  seed += 1;
  return runChecker({
    seconds,
    seed,
    profile: profile ?? PROFILES[name ?? ''] ?? EVERYTHING,
    badBuild: name,
    databaseUrl: await createFreshDatabase(inject('postgresUrl')),
  });
};

/** Of the run before: it had the last seed. */
const told = (result: RunResult): string => tellResult(result, seed);

const bad = BAD_BUILDS.filter(({ isBad }) => isBad);
const good = BAD_BUILDS.filter(({ isBad }) => !isBad);

describe('the gateway', () => {
  it('breaks no promise in a minute of everything', { timeout: 60_000 + AROUND_MS }, async () => {
    const result = await run(60, null);
    expect(told(result)).toBe(NOTHING);
    // A run that asked nothing would find nothing.
    expect(result.reads).toBeGreaterThan(5_000);
    expect(result.writes).toBeGreaterThan(10);
  });

  it('breaks no promise while its log is lost again and again', { timeout: 20_000 + AROUND_MS }, async () => {
    expect(told(await run(20, null, LOST_LOGS))).toBe(NOTHING);
  });

  it.each(good)('is not flagged: $name: $because', { timeout: 15_000 + AROUND_MS }, async ({ name }) => {
    expect(told(await run(15, name))).toBe(NOTHING);
  });
});

// When a fault meets a reader is chance: another seed is another one.
describe('a gateway that breaks a rule', { retry: 2 }, () => {
  it.each(bad)('is flagged: $name: $because', { timeout: 60_000 + AROUND_MS }, async ({ name }) => {
    const result = await run(60, name);
    expect(told(result)).not.toBe(NOTHING);
  });
});
