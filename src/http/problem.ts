import type { FastifyReply, FastifyRequest } from 'fastify';
import { FAULTS, type FaultCode } from '../errors.ts';
import { CALLER_HEADERS } from './caller-of.ts';
import { negotiateMediaType } from './negotiate.ts';
import { varyBy } from './vary.ts';

/** A failure before anything was run; `detail` is shown as it is. */
export interface Problem {
  readonly code: FaultCode;
  readonly detail: string;
  /** Default: the code's own. */
  readonly status?: number;
}

/** The content of `problem` as RFC 9457 writes it. */
export const writeProblem = (
  { code, detail, status = FAULTS[code].status }: Problem,
  requestId: string,
): { readonly status: number; readonly contentType: string; readonly body: string } => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ title: code, status, code, detail, requestId }),
});

const isGraphql = ({ url }: FastifyRequest): boolean => url.split('?')[0] === '/graphql';

/** Sends `problem` in the shape its route speaks: an answer of errors on /graphql, application/problem+json elsewhere. */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply => {
  reply.header('cache-control', 'no-store');
  if (!isGraphql(request)) {
    const { status, contentType, body } = writeProblem(problem, request.id);
    // As bytes: to text Fastify would add a charset, which this media type does not have.
    return reply.code(status).type(contentType).send(Buffer.from(body));
  }
  const { code, detail, status = FAULTS[code].status } = problem;
  return varyBy(reply, 'Accept', 'Accept-Encoding', ...CALLER_HEADERS)
    .code(status)
    .type(`${negotiateMediaType(request.headers) ?? 'application/json'}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message: detail, extensions: { code } }] }));
};
