import type { Instant } from '../clock.ts';
import type { Caller } from '../content/caller.ts';
import type { ArticleId } from '../content/ids.ts';
import { EXTENTS } from '../content/manifest.ts';
import { loadStory } from '../syndication/feeds/load-story.ts';
import { writeNinjsItem } from '../syndication/feeds/write-ninjs.ts';
import type { ToldArticle } from '../syndication/webhooks/message.ts';
import { createReadings, type ReadingsOptions } from './create-readings.ts';

/** Slower stores are asked again at the next try. */
const DEADLINE_MS = 10_000;

/** Gives an article as webhooks tell it, in ninjs 3.1, as `caller` may have it at `now`; null: it may not be seen. */
export const describeArticle = (
  options: ReadingsOptions,
): ((caller: Caller, id: ArticleId, now: Instant) => Promise<ToldArticle | null>) => {
  const createReading = createReadings(options);
  return async (caller, id, now) => {
    const { reading } = createReading({ caller, now, signal: AbortSignal.timeout(DEADLINE_MS) });
    const article = await reading.loaders.articles.byId.load(id);
    if (article === null) return null;
    const story = await loadStory(article, reading);
    const extent = EXTENTS.indexOf(article.rights.syndication === 'FULL' ? 'text' : 'excerpt');
    return {
      url: story.url,
      content: JSON.parse(writeNinjsItem(story)) as unknown,
      given: [article.id, article.version, extent],
    };
  };
};
