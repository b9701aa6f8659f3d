import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { varyBy } from './vary.ts';

/** What the playground is served from. */
export interface PlaygroundRoutes {
  /** Absolute. Holds `index.html` and `assets/` as `npm run prepare` leaves them; may be missing. */
  readonly assetsDirectory: string;
}

/**
 * `GET /` gives a browser the playground and everybody else one line that says where GraphQL is; its scripts and styles
 * are under `/playground/assets/`. Encapsulated: sets no hook or decorator outside itself.
 *
 * Without built assets a browser gets 503 and the command that builds them; nothing else of the gateway is touched.
 */
export const playgroundRoutes: FastifyPluginAsync<PlaygroundRoutes> = async (app, { assetsDirectory }) => {
  const page = await readPage(assetsDirectory);

  app.get('/', async (request, reply) => {
    varyBy(guard(reply), 'Accept');
    if (!acceptsHtml(request.headers.accept)) return reply.type('text/plain; charset=utf-8').send(POINTER);
    if (page === null) {
      return reply.code(503).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(NOT_BUILT);
    }
    // The page names its assets by their hash, so a new build is seen at the next visit.
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });

  if (page === null) return;
  await app.register(fastifyStatic, {
    root: join(assetsDirectory, 'assets'),
    prefix: '/playground/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    maxAge: '365d',
    immutable: true,
    setHeaders: (reply) => void guard(reply),
  });
};

/** Everything the page loads comes from here. Monaco writes `style` attributes; nothing needs inline scripts or `eval`. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer of this plugin: a worker takes its policy from its own script's headers. */
const GUARDS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

const POINTER = 'Masthead: GraphQL is at /graphql (GET or POST). Open this address in a browser for the playground.\n';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Masthead playground</title>
<body style="max-width: 40rem; margin: 4rem auto; padding: 0 1rem; font: 1.1rem/1.5 system-ui, sans-serif">
<h1>The playground is not built</h1>
<p>Run <code>npm ci</code>, or <code>npm run prepare</code> if that is done, and start the gateway again.
<p>GraphQL itself is served at <code>/graphql</code>.
`;

const guard = (reply: FastifyReply): FastifyReply => reply.headers(GUARDS);

/** A browser names `text/html`; `curl` and most clients say anything will do, and want no page. */
const acceptsHtml = (accept: string | undefined): boolean =>
  (accept ?? '').split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });

/** The page, or null when nothing was built. Any other failure to read it is one. */
const readPage = async (assetsDirectory: string): Promise<string | null> => {
  try {
    return await readFile(join(assetsDirectory, 'index.html'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};
