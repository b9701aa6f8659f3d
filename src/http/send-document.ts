import type { FastifyReply, FastifyRequest } from 'fastify';
import { overtaken, REFILL_LIMIT } from '../cache/overtaken.ts';
import type { Clock } from '../clock.ts';
import type { Caller } from '../content/caller.ts';
import type { KeptDocument } from '../syndication/kept-documents.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { CALLER_HEADERS } from './caller-of.ts';
import type { HeaderOptions } from './entry-headers.ts';
import { packEntry, sendEntry } from './send-entry.ts';
import { varyBy } from './vary.ts';

export interface DocumentSender extends HeaderOptions {
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'cacheAnswers'>;
}

export interface DocumentRequest {
  readonly ask: () => Promise<KeptDocument>;
  readonly caller: Caller;
  /** Told what was sent, before it is. */
  readonly onAnswered?: (document: KeptDocument) => void;
}

/**
 * Sends what `ask` gives; asks again for what was taken back while it was packed.
 *
 * @throws {GatewayError} INTERNAL when withdrawals overtook every attempt.
 */
export const sendDocument = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { ask, caller, onAnswered }: DocumentRequest,
  { clock, metrics, ...options }: DocumentSender,
): Promise<FastifyReply> => {
  for (let attempt = 1; attempt <= REFILL_LIMIT; attempt += 1) {
    const answered = await ask();
    const packed = await packEntry(request, answered);
    // The last wait is over.
    if (!answered.isSendable()) continue;
    metrics.cacheAnswers(answered.state);
    onAnswered?.(answered);
    varyBy(reply, 'Accept-Encoding', ...CALLER_HEADERS);
    const headerOptions = { ...options, isForPartner: caller.partner !== null };
    return sendEntry(request, reply, answered, { packed, now: clock.now(), headerOptions });
  }
  throw overtaken();
};
