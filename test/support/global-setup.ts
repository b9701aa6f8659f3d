import type { TestProject } from 'vitest/node';
import { startPostgres, startRedis } from './services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real PostgreSQL of this run; give each test a database of its own in it. */
    readonly postgresUrl: string;
    /** A real Redis of this run, shared by every test file: use a key prefix of your own. */
    readonly redisUrl: string;
  }
}

/** Starts the run's PostgreSQL and Redis, tells every test file where they are, and ends them after the last. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const started = await Promise.allSettled([startPostgres(), startRedis()]);
  const stop = async (): Promise<void> => {
    await Promise.all(started.flatMap((result) => (result.status === 'fulfilled' ? [result.value.stop()] : [])));
  };
  const [postgres, redis] = started;
  if (postgres.status === 'rejected' || redis.status === 'rejected') {
    await stop();
    throw new AggregateError(
      started.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])),
      'A server the tests need did not start',
    );
  }
  project.provide('postgresUrl', postgres.value.url);
  project.provide('redisUrl', redis.value.url);
  return stop;
};
