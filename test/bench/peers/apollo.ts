/** Apollo Server on Fastify: `PORT=4000 DATABASE_URL=… node apollo.ts [cache]`. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import responseCache from '@apollo/server-plugin-response-cache';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import fastify from 'fastify';
import { createLoaders } from './loaders.ts';
import { resolvers, type Context } from './resolvers.ts';
import { isKeeping, MAX_AGE_SECONDS, port, typeDefinitions } from './type-definitions.ts';

const app = fastify();
const apollo = new ApolloServer<Context>({
  typeDefs: typeDefinitions,
  resolvers,
  plugins: [
    fastifyApolloDrainPlugin(app),
    // Working out how long an answer may live costs every field: where nobody asks for it, it is left out.
    ...(isKeeping
      ? [ApolloServerPluginCacheControl({ defaultMaxAge: MAX_AGE_SECONDS }), responseCache()]
      : [ApolloServerPluginCacheControlDisabled()]),
  ],
});
await apollo.start();
await app.register(fastifyApollo(apollo), { context: async () => ({ loaders: createLoaders() }) });
await app.listen({ port, host: '127.0.0.1' });
