/** Mercurius with JIT on Fastify: `PORT=4000 DATABASE_URL=… node mercurius.ts [cache [lists]]`. */
import fastify from 'fastify';
import mercurius from 'mercurius';
import cache from 'mercurius-cache';
import { createLoaders } from './loaders.ts';
import { resolvers, type Context } from './resolvers.ts';
import { isKeeping, MAX_AGE_SECONDS, port, typeDefinitions } from './type-definitions.ts';

declare module 'mercurius' {
  interface MercuriusContext extends Context {}
}

const app = fastify();
await app.register(mercurius, {
  schema: typeDefinitions,
  resolvers,
  jit: 1,
  context: () => ({ loaders: createLoaders() }),
});
const LISTS = { articles: true, article: true };
const HANGING = { bodyHtml: true, section: true, authors: true, tags: true, related: true };
// It keeps what resolvers give, not whole answers: all that read the database are named, or those of lists and articles.
if (isKeeping)
  await app.register(cache.default, {
    ttl: MAX_AGE_SECONDS,
    // A page of twenty takes sixty-one entries: the 1,024 it keeps by itself are seventeen pages.
    storage: { type: 'memory', options: { size: 32_768 } },
    policy: { Edition: LISTS, ...(process.argv[3] === 'lists' ? {} : { Article: HANGING }) },
  });
await app.listen({ port, host: '127.0.0.1' });
