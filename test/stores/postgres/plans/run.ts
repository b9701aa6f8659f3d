/**
 * The plans of the operations' statements over an archive of a real size, where the suite has a small one that the planner
 * takes for a million:
 *
 *   npm run test:plans -- [articles, default 1,000,000]
 *
 * A million take some minutes and 20 GB. Exit status 1 and the faults when a statement reads more than ranges of indexes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const articles = process.argv[2] ?? '1000000';
const root = join(import.meta.dirname, '../../../..');
const child = spawn(join(root, 'node_modules/.bin/vitest'), ['run', 'test/stores/postgres/plans/'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PLANS_ARTICLES: articles },
});
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;
