import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** What a change to the rooms that must not be wrong has to keep covered; elsewhere coverage is a hint. */
const GATE = { lines: 95, functions: 95, statements: 95, branches: 90 };

// oxlint-disable-next-line import/no-default-export -- vitest reads nothing else
export default defineConfig({
  resolve: {
    // Node reads graphql's CommonJS form and so do the libraries; Vite would give our files its other one, and a schema of
    // one is none to the other.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Ours first: it names the skipped tests above vitest's own summary.
    reporters: ['./scripts/tally-reporter.ts', 'default'],
    // Two cores, and an embedded database takes seconds to start on a busy one.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'resolvers/**/*.ts'],
      exclude: ['**/*.generated.ts', 'src/http/playground/app/**'],
      reporter: ['text-summary', 'html'],
      thresholds: { 'src/cache/**': GATE, 'src/changes/**': GATE, 'src/graphql/limits/**': GATE },
    },
  },
});
