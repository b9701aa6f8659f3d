import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import type { Answered } from '../graphql/graphql-service.ts';
import { matchesEtag, writeEntryHeaders, type HeaderOptions } from './entry-headers.ts';
import { negotiateCoding } from './negotiate.ts';
import { packBody, type PackedBody } from './packed-body.ts';

/** How an answer goes out to this client. */
export const packEntry = ({ headers }: FastifyRequest, { entry }: Answered): Promise<PackedBody> =>
  packBody(entry, negotiateCoding(headers));

export interface SendOptions {
  readonly packed: PackedBody;
  readonly now: Instant;
  readonly headerOptions: HeaderOptions;
}

/** Sends an answer with its validators, or 304 when the client has these very bytes. Waits for nothing. */
export const sendEntry = (
  request: FastifyRequest,
  reply: FastifyReply,
  answered: Answered,
  { packed, now, headerOptions }: SendOptions,
): FastifyReply => {
  const { ofAnswer, ofBytes, etag } = writeEntryHeaders(answered, packed, now, headerOptions);
  for (const [name, value] of ofAnswer) reply.header(name, value);
  const condition = request.headers['if-none-match'];
  // RFC 9110, 13.1.2: to other methods it is a condition on what they would do, and 304 is no answer to it.
  if (condition !== undefined && etag !== undefined && request.method !== 'POST' && matchesEtag(condition, etag))
    return reply.code(304).send();
  for (const [name, value] of ofBytes) reply.header(name, value);
  return reply.code(answered.entry.status).send(packed.bytes);
};
