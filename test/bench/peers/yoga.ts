/** GraphQL Yoga on `node:http`: `PORT=4000 DATABASE_URL=… node yoga.ts [cache]`. */
import { createServer } from 'node:http';
import { useResponseCache } from '@graphql-yoga/plugin-response-cache';
import { createSchema, createYoga } from 'graphql-yoga';
import { createLoaders } from './loaders.ts';
import { resolvers, type Context } from './resolvers.ts';
import { isKeeping, MAX_AGE_SECONDS, port, typeDefinitions } from './type-definitions.ts';

const yoga = createYoga<object, Context>({
  schema: createSchema({ typeDefs: typeDefinitions, resolvers }),
  context: () => ({ loaders: createLoaders() }),
  graphiql: false,
  plugins: isKeeping ? [useResponseCache({ session: () => null, ttl: MAX_AGE_SECONDS * 1_000 })] : [],
});
createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1');
