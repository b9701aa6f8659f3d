import type { FastifyPluginAsync } from 'fastify';
import type { FeedService } from '../syndication/feeds/feed-service.ts';
import type { KeptDocument } from '../syndication/kept-documents.ts';
import { codeOf, storeOf } from '../graphql/format-error.ts';
import type { Deliveries } from '../partners/deliveries/delivery.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { CallerOf } from './caller-of.ts';
import { priceOf, priceOfFailure, wasKept } from './price-of.ts';
import { sendDocument, type DocumentSender } from './send-document.ts';
import { tellGiven } from './tell-given.ts';
import type { Bill, Till } from './till.ts';

export interface FeedRoutes extends DocumentSender {
  readonly feeds: FeedService;
  readonly callerOf: CallerOf;
  readonly till: Till;
  /** Told of what partners are given. */
  readonly deliveries: Pick<Deliveries, 'given'>;
  readonly metrics: Metrics;
}

const PREFIX = '/feeds/';

/** A story with its text, authors, tags and sections: what they cost in the graph. */
const STORY_COST = 10;

/** As it was sent: what is decoded once already would lose an escaped slash. */
const pathOf = (url: string): string => url.slice(PREFIX.length).split('?', 1)[0] ?? '';

/** GET /feeds/{edition}[/{section}|/tags/{slug}|/authors/{slug}].{format} */
export const feedRoutes: FastifyPluginAsync<FeedRoutes> = async (
  app,
  { feeds, callerOf, till, deliveries, ...sender },
) => {
  app.get(`${PREFIX}*`, async (request, reply) => {
    let bill: Bill | undefined;
    let most = 0;
    try {
      const caller = await callerOf(request, reply);
      const feed = feeds.parse(pathOf(request.url), request.query as Readonly<Record<string, unknown>>);
      const cost = feed.page.first * STORY_COST;
      bill = await till.charge(caller, request, reply, () => {
        most = priceOf(cost, feeds.isKept(feed, caller));
        return most;
      });
      const onAnswered = (answered: KeptDocument): void => {
        bill?.settle(priceOf(cost, wasKept(answered)));
        const { manifest } = answered.entry;
        tellGiven(deliveries, request, caller, { manifest, via: 'feed', at: sender.clock.now() });
      };
      return await sendDocument(request, reply, { ask: () => feeds.answer(feed, caller), caller, onAnswered }, sender);
    } catch (error) {
      bill?.settle(priceOfFailure(error, most));
      sender.metrics.faults.inc({ code: codeOf(error), store: storeOf(error) });
      throw error;
    }
  });
};
