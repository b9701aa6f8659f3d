import type { TestProject } from 'vitest/node';
import { startPostgres, startRedis } from './services.ts';
import { openWordPressBroker } from './wordpress.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real PostgreSQL of this run; give each test a database of its own in it. */
    readonly postgresUrl: string;
    /** A real Redis of this run, shared by every test file: use a key prefix of your own. */
    readonly redisUrl: string;
    /** Answers which real WordPress sites this run has, and starts them when it is first asked: `wordpress-site.ts`. */
    readonly wordpressUrl: string;
  }
}

/** Starts the run's PostgreSQL and Redis, tells every test file where they are, and ends them after the last; WordPress too. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const started = await Promise.allSettled([startPostgres(), startRedis(), openWordPressBroker()]);
  const stop = async (): Promise<void> => {
    await Promise.all(started.flatMap((result) => (result.status === 'fulfilled' ? [result.value.stop()] : [])));
  };
  const [postgres, redis, wordpress] = started;
  if (postgres.status === 'rejected' || redis.status === 'rejected' || wordpress.status === 'rejected') {
    await stop();
    throw new AggregateError(
      started.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])),
      'A server the tests need did not start',
    );
  }
  project.provide('postgresUrl', postgres.value.url);
  project.provide('redisUrl', redis.value.url);
  project.provide('wordpressUrl', wordpress.value.url);
  return stop;
};
