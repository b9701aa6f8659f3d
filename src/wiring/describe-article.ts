import type { Follower } from '../changes/follower.ts';
import type { Instant } from '../clock.ts';
import type { Config } from '../config/load.ts';
import { urlOf } from '../content/addresses.ts';
import type { Caller } from '../content/caller.ts';
import type { ArticleId } from '../content/ids.ts';
import { createLoaders } from '../loaders/loaders.ts';
import { createRecorder } from '../loaders/recorder.ts';
import type { Counters } from '../stores/counters.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { ToldArticle } from '../syndication/webhooks/message.ts';

export interface DescribeOptions {
  readonly config: Config;
  readonly storesOf: StoresOf;
  readonly follower: Pick<Follower, 'tombstones'>;
  readonly counters: Counters;
}

/** Slower stores are asked again at the next try. */
const DEADLINE_MS = 10_000;

/** Gives an article as webhooks tell it: as `caller` may have it at `now`; null: it may not be seen. */
export const describeArticle =
  ({ config, storesOf, follower, counters }: DescribeOptions) =>
  async (caller: Caller, id: ArticleId, now: Instant): Promise<ToldArticle | null> => {
    const setting = { storesOf, tombstones: follower.tombstones, counters, signal: AbortSignal.timeout(DEADLINE_MS) };
    const { articles } = createLoaders(setting, createRecorder(), { now, plan: caller.plan });
    const article = await articles.byId.load(id);
    const edition = config.editions.find(({ code }) => code === article?.edition);
    if (article === null || edition === undefined) return null;
    const url = urlOf.article(edition, article);
    const { headline, version, kind, rights } = article;
    return { url, content: { id, url, version, kind, headline, syndication: rights.syndication } };
  };
