import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError } from '../errors.ts';

/** Whether two secrets are equal, in a time that tells nothing: digests have one length. */
const isSame = (given: string, expected: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
};

/** Whether a request brings the admin token; `token` undefined: there is none, and nobody does. */
export const isAdmin = ({ headers }: Pick<FastifyRequest, 'headers'>, token: string | undefined): boolean => {
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && given !== undefined && isSame(given, token);
};

/**
 * Lets nobody pass but who brings the admin token.
 *
 * @param token undefined: there is none, and nobody passes.
 * @throws {GatewayError} UNAUTHENTICATED, with the header that says how to ask.
 */
export const requireAdmin = (
  request: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  token: string | undefined,
): void => {
  if (isAdmin(request, token)) return;
  reply.header('www-authenticate', 'Bearer');
  throw new GatewayError('UNAUTHENTICATED', 'Send the admin token: Authorization: Bearer ADMIN_TOKEN');
};
