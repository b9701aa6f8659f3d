import type { Queryable, Row } from '../../database/database.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { RedisLink } from '../../redis/redis-link.ts';

/** Begins to count one call; what it gives ends it. Undefined: nobody counts. */
export type BeginCall = () => (() => void) | undefined;

const counted = <T>(begin: BeginCall, call: () => Promise<T>): Promise<T> => {
  const end = begin();
  return end === undefined ? call() : call().finally(end);
};

/** `database`, every statement counted. */
export const countStatements = (database: Queryable, begin: BeginCall): Queryable => ({
  query: <R extends Row>(text: string, values?: readonly unknown[]) =>
    counted(begin, () => database.query<R>(text, values)),
});

/** `client`, every request counted: put it behind a guard, and each attempt is one. */
export const countRequests = (client: HttpClient, begin: BeginCall): HttpClient => ({
  send: (request) => counted(begin, () => client.send(request)),
});

/** `redis`, every script counted that is sent while it is there: while it is away nothing is. */
export const countScripts = (redis: Pick<RedisLink, 'run' | 'isUp'>, begin: BeginCall): Pick<RedisLink, 'run'> => ({
  run: (script, parameters) =>
    redis.isUp() ? counted(begin, () => redis.run(script, parameters)) : redis.run(script, parameters),
});
