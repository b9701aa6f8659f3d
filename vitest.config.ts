import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** What a change to the rooms that must not be wrong has to keep covered; elsewhere coverage is a hint. */
const GATE = { lines: 95, functions: 95, statements: 95, branches: 90 };

/**
 * Rooms whose tests watch real processes, real sites or the clock on the wall: each has the machine to itself. The others
 * run two at a time.
 */
const ALONE = ['changes', 'consistency', 'examples', 'journeys', 'plugins', 'redis', 'stores/wordpress', 'wiring'].map(
  (room) => `test/${room}/**/*.test.ts`,
);

/** The other servers of `npm run bench` bring tests of their own. */
const PACKAGES = '**/node_modules/**';

// oxlint-disable-next-line import/no-default-export -- vitest reads nothing else
export default defineConfig({
  resolve: {
    // Node reads graphql's CommonJS form and so do the libraries; Vite would give our files its other one, and a schema of
    // one is none to the other.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['test/**/*.test.ts'],
          exclude: [...ALONE, PACKAGES],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, exclude: [PACKAGES], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
    globalSetup: ['test/support/global-setup.ts'],
    // Ours first: it names the skipped tests above vitest's own summary.
    reporters: ['./scripts/tally-reporter.ts', 'default'],
    // Two cores, and an embedded database takes seconds to start on a busy one.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'resolvers/**/*.ts'],
      exclude: ['**/*.generated.ts', 'src/http/playground/app/**'],
      reporter: ['text-summary', 'html'],
      thresholds: {
        'src/cache/**': GATE,
        'src/changes/**': GATE,
        'src/graphql/limits/**': GATE,
        'src/partners/**': GATE,
      },
    },
  },
});
