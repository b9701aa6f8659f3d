import { Readable } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { codeOf, storeOf } from '../graphql/format-error.ts';
import type { PartRequest, SitemapService } from '../syndication/sitemaps/sitemap-service.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { KeptDocument } from '../syndication/kept-documents.ts';
import type { CallerOf } from './caller-of.ts';
import { negotiateCoding } from './negotiate.ts';
import { priceOf, priceOfFailure, wasKept } from './price-of.ts';
import { sendDocument, type DocumentSender } from './send-document.ts';
import type { Bill, Till } from './till.ts';
import { varyBy } from './vary.ts';

export interface SitemapRoutes extends DocumentSender {
  readonly sitemaps: SitemapService;
  readonly callerOf: CallerOf;
  readonly till: Pick<Till, 'charge'>;
  readonly metrics: Metrics;
}

/** A thousand addresses, which is what is made in one piece: ten reads of a hundred. A part costs as much, however long. */
const SITEMAP_COST = 100;

/** What `pieces` give, packed as `request` wants it, as fast as it is taken. */
const packStream = (request: FastifyRequest, reply: FastifyReply, pieces: AsyncIterable<string>): Readable => {
  const coding = negotiateCoding(request.headers);
  const plain = Readable.from(pieces, { objectMode: false });
  if (coding === 'identity') return plain;
  reply.header('content-encoding', coding);
  const packer =
    coding === 'br' ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }) : createGzip();
  // A client that has left, or a store that failed, ends both.
  return plain.on('error', (error) => packer.destroy(error)).pipe(packer.on('close', () => plain.destroy()));
};

/** Begins with the piece that is there already, and lets go of what is not read to its end. */
async function* resume(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** A part may fail between its first piece and the first that is packed: what is said then is not packed. */
const tellPlainly = (error: Error, _request: FastifyRequest, reply: FastifyReply): never => {
  reply.removeHeader('content-encoding');
  throw error;
};

/** GET /sitemaps/{edition}.xml, /sitemaps/{edition}-news.xml and the parts that the first names; the same for everybody, and paid for as feeds are. */
export const sitemapRoutes: FastifyPluginAsync<SitemapRoutes> = async (
  app,
  { sitemaps, callerOf, till, ...sender },
) => {
  const sendPart = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { part, onAnswered }: { readonly part: PartRequest; readonly onAnswered: () => void },
  ): Promise<FastifyReply> => {
    const pieces = sitemaps.write(part);
    // Before anything is said: a store that fails is told by the status.
    const first = await pieces.next();
    onAnswered();
    // It is never there as a whole: nobody can say what its digest is, or that it is still true at its end.
    varyBy(reply.header('cache-control', 'no-store'), 'Accept-Encoding').type('application/xml; charset=utf-8');
    if (request.method === 'HEAD' || first.done === true) {
      await pieces.return(undefined);
      return reply.send('');
    }
    return reply.send(packStream(request, reply, resume(first.value, pieces)));
  };

  app.get<{ Params: { name: string } }>('/sitemaps/:name', { errorHandler: tellPlainly }, async (request, reply) => {
    let bill: Bill | undefined;
    let most = 0;
    try {
      const caller = await callerOf(request, reply);
      const sitemap = sitemaps.parse(request.params.name);
      bill = await till.charge(caller, request, reply, () => {
        most = priceOf(SITEMAP_COST, sitemap.of !== 'window' && sitemaps.isKept(sitemap));
        return most;
      });
      if (sitemap.of === 'window')
        return await sendPart(request, reply, { part: sitemap, onAnswered: () => bill?.settle(most) });
      const onAnswered = (answered: KeptDocument): void => bill?.settle(priceOf(SITEMAP_COST, wasKept(answered)));
      return await sendDocument(request, reply, { ask: () => sitemaps.answer(sitemap), caller, onAnswered }, sender);
    } catch (error) {
      bill?.settle(priceOfFailure(error, most));
      sender.metrics.faults.inc({ code: codeOf(error), store: storeOf(error) });
      throw error;
    }
  });
};
