import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

export interface MediaRoutes {
  /** Pictures, served under their own names. */
  readonly directory: string;
}

/** GET /media/{name}: the gateway's own pictures. An SVG opened by itself can run nothing and load nothing. */
export const mediaRoutes: FastifyPluginAsync<MediaRoutes> = async (app, { directory }) => {
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/media/',
    index: false,
    decorateReply: false,
    // Names do not change with their content; whoever asks again after a day has the ETag.
    maxAge: '1d',
    setHeaders: (response) => {
      response.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
      response.header('x-content-type-options', 'nosniff');
      response.header('cross-origin-resource-policy', 'cross-origin');
    },
  });
};
