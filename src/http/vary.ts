import type { FastifyReply } from 'fastify';

/** Adds to what an answer depends on, beside what others said of it: an allowed origin, for one. */
export const varyBy = (reply: FastifyReply, ...names: readonly string[]): FastifyReply => {
  const said = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return reply.header('vary', [...new Set([...said, ...names])].join(', '));
};
