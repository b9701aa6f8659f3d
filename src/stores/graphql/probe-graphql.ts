import { StoreError } from '../../errors.ts';
import { OutboundError } from '../../outbound/http-client.ts';
import type { ContentSource } from '../content-source.ts';
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
    const stories = asked.length === 0 ? [] : await source.stories(asked, { withHtml: true });
    if (asked.length > 0 && stories.length === 0)
      return { isWorking: false, detail: `none of the stories that "inventory" names is answered by "stories"` };
    if (sections.length === 0) return { isWorking: false, detail: 'it has no sections, and every story stands in one' };
    const more = next === null ? '' : ' or more';
    return {
      isWorking: true,
      detail: `GraphQL, ${sightings.length}${more} stories, ${sections.length} sections, ${tags.length} tags, ${authors.length} authors`,
    };
  } catch (error) {
    return { isWorking: false, detail: explain(error, document) };
  }
};
