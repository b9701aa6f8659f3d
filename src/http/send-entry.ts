import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered } from '../graphql/graphql-service.ts';
import type { Entry } from '../content/answer.ts';
import type { Instant } from '../clock.ts';
import { negotiateCoding } from './negotiate.ts';
import { packBody, type PackedBody } from './packed-body.ts';
import { varyBy } from './vary.ts';

/** Seconds `entry` has left of its own life; 0 when it is not to be kept by anyone. */
const secondsLeft = ({ filledAt, maxAgeSeconds, boundaryAt }: Entry, now: Instant): number => {
  const end = Math.min(filledAt + maxAgeSeconds * 1000, boundaryAt ?? Infinity);
  return Math.max(0, Math.floor((end - now) / 1000));
};

/** What became of the request in the cache: RFC 9211. */
const cacheStatus = ({ state, isStored }: Answered, left: number): string => {
  switch (state) {
    case 'hit':
      return `masthead; hit; ttl=${left}`;
    case 'joined':
      return `masthead; fwd=miss; collapsed${isStored ? '; stored' : ''}`;
    case 'filled':
      return `masthead; fwd=miss${isStored ? '; stored' : ''}`;
    case 'bypass':
      return 'masthead; fwd=bypass';
  }
};

/** Whether `header`, an If-None-Match, names `etag`: RFC 9110, 13.1.2, weak comparison. */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag));

/** How an answer goes out to this client. */
export const packEntry = (request: FastifyRequest, { entry }: Answered): Promise<PackedBody> =>
  packBody(entry.body, negotiateCoding(request));

export interface SendOptions {
  readonly packed: PackedBody;
  readonly now: Instant;
  readonly clientMaxAgeSeconds: number;
}

/** Sends an answer with its validators, or 304 when the client has these very bytes. Waits for nothing. */
export const sendEntry = (
  request: FastifyRequest,
  reply: FastifyReply,
  answered: Answered,
  { packed: { bytes, coding, etag }, now, clientMaxAgeSeconds }: SendOptions,
): FastifyReply => {
  const { entry } = answered;
  const left = secondsLeft(entry, now);
  const isKeepable = answered.state !== 'bypass' && entry.scope === 'PUBLIC' && left > 0;
  varyBy(reply, 'Accept', 'Accept-Encoding')
    .code(entry.status)
    .header('cache-status', cacheStatus(answered, left))
    .header(
      'cache-control',
      isKeepable
        ? `public, max-age=${Math.min(left, clientMaxAgeSeconds)}`
        : entry.scope === 'PRIVATE'
          ? 'private, no-store'
          : 'no-store',
    );
  if (entry.languages.length > 0) reply.header('content-language', entry.languages.join(', '));
  if (isKeepable) {
    // Asked of the change log at this very read: for whoever counts, the answer is new.
    reply.header('age', '0').header('etag', etag);
    if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  }
  if (coding !== 'identity') reply.header('content-encoding', coding);
  return reply.type(entry.contentType).send(bytes);
};
