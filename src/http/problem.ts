import type { FastifyReply } from 'fastify';
import { FAULTS, type FaultCode } from '../errors.ts';

/** A failure outside GraphQL, as RFC 9457 writes it. */
export interface Problem {
  readonly code: FaultCode;
  readonly detail: string;
  /** Default: the code's own. */
  readonly status?: number;
}

/** Sends `problem` as application/problem+json. */
export const sendProblem = (
  reply: FastifyReply,
  { code, detail, status = FAULTS[code].status }: Problem,
): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify({ title: code, status, code, detail, requestId: reply.request.id }));
