import type { FastifyPluginAsync } from 'fastify';
import type { FeedService } from '../syndication/feeds/feed-service.ts';
import { codeOf, storeOf } from '../graphql/format-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { CallerOf } from './caller-of.ts';
import { sendDocument, type DocumentSender } from './send-document.ts';

export interface FeedRoutes extends DocumentSender {
  readonly feeds: FeedService;
  readonly callerOf: CallerOf;
  readonly metrics: Metrics;
}

const PREFIX = '/feeds/';

/** As it was sent: what is decoded once already would lose an escaped slash. */
const pathOf = (url: string): string => url.slice(PREFIX.length).split('?', 1)[0] ?? '';

/** GET /feeds/{edition}[/{section}|/tags/{slug}|/authors/{slug}].{format} */
export const feedRoutes: FastifyPluginAsync<FeedRoutes> = async (app, { feeds, callerOf, ...sender }) => {
  app.get(`${PREFIX}*`, async (request, reply) => {
    try {
      const caller = await callerOf(request, reply);
      const feed = feeds.parse(pathOf(request.url), request.query as Readonly<Record<string, unknown>>);
      return await sendDocument(request, reply, { ask: () => feeds.answer(feed, caller), caller }, sender);
    } catch (error) {
      sender.metrics.faults.inc({ code: codeOf(error), store: storeOf(error) });
      throw error;
    }
  });
};
