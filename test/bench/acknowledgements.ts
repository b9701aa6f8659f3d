/**
 * How long a change takes to be acknowledged: from before its append until no process can answer from before it.
 *
 *   npm run bench:acknowledgements [processes]
 *
 * Starts a PostgreSQL of its own and follower processes; one of them is hung, then killed, for the last two rows.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { createAppender } from '../../src/changes/appender.ts';
import type { NewChange } from '../../src/changes/change.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { startPostgres } from '../support/services.ts';

const PROCESSES = Number(process.argv[2] ?? 4);

const service = await startPostgres();
const database = createPostgresDatabase({ url: service.url, maxConnections: 20 });
await migrate(database, migrationsDirectory);

const startFollower = async (number: number): Promise<ChildProcess> => {
  const file = resolve(import.meta.dirname, 'acknowledgements/follower-process.ts');
  const child = spawn(process.execPath, [file, service.url, `follower-${number}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new TypeError('A child without a standard output');
  await once(child.stdout, 'data');
  return child;
};
const followers = await Promise.all(Array.from({ length: PROCESSES }, (_, number) => startFollower(number)));
const appender = createAppender({ database });

let sent = 0;
const changeOf = (tagCount: number): NewChange => ({
  kind: 'PURGE',
  articleId: null,
  edition: null,
  tags: Array.from({ length: tagCount }, (_, tag) => `article:bench-${sent}-${tag}` as const),
  version: null,
  isSoft: false,
  tombstone: null,
});
const acknowledged = async (tagCount: number): Promise<number> => {
  const began = performance.now();
  const appended = await appender.append(`bench-${(sent += 1)}`, [changeOf(tagCount)], Date.now());
  await appender.acknowledge(appended);
  return performance.now() - began;
};

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
const print = (name: string, times: readonly number[]): void => {
  const sorted = times.toSorted((a, b) => a - b);
  console.log(
    `${name.padEnd(58)} n ${String(times.length).padStart(4)}  p50 ${quantile(sorted, 0.5)} ms  p99 ${quantile(sorted, 0.99)} ms  max ${quantile(sorted, 1)} ms`,
  );
};
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

const [version] = await database.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
console.log(`Node ${process.version}, PostgreSQL ${version?.version}, ${cpus().length} x ${cpus()[0]?.model}`);
console.log(`${PROCESSES} follower processes, lease 2,000 ms\n`);

for (let count = 0; count < 20; count += 1) await acknowledged(1);
const alone: number[] = [];
for (let count = 0; count < 300; count += 1) alone.push(await acknowledged(1));
print('one change of one tag at a time', alone);

// Ten thousand tags in one second, in a hundred requests, sent when they are due whatever became of those before.
const rounds: number[] = [];
for (let round = 0; round < 5; round += 1) {
  const began = performance.now();
  const requests: Promise<number>[] = [];
  for (let request = 0; request < 100; request += 1) {
    await pause(Math.max(0, began + request * 10 - performance.now()));
    requests.push(acknowledged(100));
  }
  rounds.push(...(await Promise.all(requests)));
}
print('100 changes a second of 100 tags each, five seconds', rounds);

const victim = followers[0];
victim?.kill('SIGSTOP');
print('one process hung (SIGSTOP): waited out', [await acknowledged(1)]);
print('the next change, the hung one declared dead', [await acknowledged(1)]);
victim?.kill('SIGCONT');
await pause(500);
victim?.kill('SIGKILL');
print('one process killed: waited out', [await acknowledged(1)]);

for (const follower of followers.slice(1)) {
  follower.stdin?.end();
  await once(follower, 'exit');
}
await database.close();
await service.stop();
