import { StoreError } from '../../errors.ts';
import { OutboundError } from '../../outbound/http-client.ts';
import type { ContentSource, UnfitStory } from '../content-source.ts';
import { GraphqlFailure } from './graphql-failure.ts';

type Finding = Awaited<ReturnType<ContentSource['probe']>>;

/** Stories read to see that the mapping fits. */
const TRIED_STORIES = 5;

const explain = (error: unknown, document: string): string => {
  const cause = error instanceof StoreError ? error.cause : error;
  if (cause instanceof OutboundError) return cause.message;
  if (cause instanceof GraphqlFailure) return `asked with the document "${document}", ${cause.message}`;
  return `asked with the document "${document}", it failed`;
};

/** Asks each document once, and says what came of it. Never fails. */
export const probeGraphql = async (source: Omit<ContentSource, 'probe' | 'name'>, now: number): Promise<Finding> => {
  let document = 'taxonomy';
  try {
    const { sections, tags, authors } = await source.taxonomy();
    document = 'inventory';
    const { sightings, next } = await source.inventory(null);
    document = 'savedSince';
    await source.savedSince(now, null);
    document = 'stories';
    const asked = sightings.slice(0, TRIED_STORIES).map(({ sourceId }) => sourceId);
    const unfit: UnfitStory[] = [];
    const onUnfit = (story: UnfitStory): void => void unfit.push(story);
    const stories = asked.length === 0 ? [] : await source.stories(asked, { withHtml: true, onUnfit });
    // Not one of several fits: it is what they are read by.
    if (stories.length === 0 && unfit[0] !== undefined) throw new GraphqlFailure('shape', unfit[0].reason);
    if (asked.length > 0 && stories.length === 0)
      return { isWorking: false, detail: `none of the stories that "inventory" names is answered by "stories"` };
    if (sections.length === 0) return { isWorking: false, detail: 'it has no sections, and every story stands in one' };
    const leftOut = unfit.map(({ sourceId, reason }) => `; story ${sourceId} cannot be shown: ${reason}`).join('');
    const more = next === null ? '' : ' or more';
    return {
      isWorking: true,
      detail: `GraphQL, ${sightings.length}${more} stories, ${sections.length} sections, ${tags.length} tags, ${authors.length} authors${leftOut}`,
    };
  } catch (error) {
    return { isWorking: false, detail: explain(error, document) };
  }
};
