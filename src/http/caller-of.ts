import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../content/caller.ts';
import { GatewayError } from '../errors.ts';
import type { Authenticate } from '../partners/authenticate.ts';
import { isAdmin } from './require-admin.ts';

/**
 * Who sends a request for content. Every route of content asks this and nothing else; who answers for long asks it again, `isNew`
 * being false: a key may be revoked meanwhile.
 *
 * @throws {GatewayError} UNAUTHENTICATED, with the header that says how to ask, for a key that opens nothing.
 */
export type CallerOf = (request: FastifyRequest, reply: FastifyReply, isNew?: boolean) => Promise<Caller>;

export interface CallerOfOptions {
  readonly authenticate: Authenticate;
  readonly adminToken: string | undefined;
}

/** Tells callers by their keys. The admin token is none: who brings it sees what everybody sees, or what its `X-Api-Key` opens. */
export const createCallerOf =
  ({ authenticate, adminToken }: CallerOfOptions): CallerOf =>
  async (request, reply, isNew = true) => {
    const { authorization, 'x-api-key': apiKey } = request.headers;
    const isAdmins = authorization === undefined || isAdmin(request, adminToken);
    const key = apiKey === undefined ? {} : { 'x-api-key': apiKey };
    try {
      return await authenticate({
        headers: isAdmins ? key : { ...key, authorization },
        address: request.ip,
        isNew,
      });
    } catch (error) {
      if (isNew && error instanceof GatewayError && error.code === 'UNAUTHENTICATED')
        reply.header('www-authenticate', 'Bearer');
      throw error;
    }
  };

/** What an answer of content depends on besides itself: whoever keeps it must not give it to another caller. */
export const CALLER_HEADERS = ['Authorization', 'X-Api-Key'] as const;
