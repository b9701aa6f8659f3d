import type { FastifyReply } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { MediaType } from '../graphql/executor.ts';
import { formatError } from '../graphql/format-error.ts';
import { CALLER_HEADERS } from './caller-of.ts';
import { varyBy } from './vary.ts';

/** Sends a GraphQL answer of nothing but errors. */
export const sendErrors = (
  reply: FastifyReply,
  status: number,
  mediaType: MediaType,
  errors: readonly GraphQLError[],
): FastifyReply =>
  varyBy(reply, 'Accept', 'Accept-Encoding', ...CALLER_HEADERS)
    .code(status)
    .header('cache-control', 'no-store')
    .type(`${mediaType}; charset=utf-8`)
    .send(JSON.stringify({ errors: errors.map(formatError) }));
