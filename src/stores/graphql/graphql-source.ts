import type { Clock } from '../../clock.ts';
import type { GraphqlStore } from '../../config/stores.ts';
import { batchesOf } from '../../content/batches-of.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { ContentSource, ReadingOptions, SourceStory } from '../content-source.ts';
import { createGraphqlClient } from './graphql-client.ts';
import { toStoreError } from '../source-failure.ts';
import { GraphqlFailure } from './graphql-failure.ts';
import { mapSightings } from './map-sightings.ts';
import { idOfStory, mapStory, saveOfStory } from './map-story.ts';
import { mapTaxonomy } from './map-taxonomy.ts';
import { probeGraphql } from './probe-graphql.ts';
import { listAt } from './read-rule.ts';

export interface GraphqlSourceOptions extends Pick<
  GraphqlStore,
  'name' | 'url' | 'headers' | 'batchSize' | 'documents' | 'fields' | 'deadlineMs' | 'limitKilobytes'
> {
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** The stories of another GraphQL API, asked with the documents of the configuration. */
export const createGraphqlSource = ({
  name,
  batchSize,
  documents,
  fields,
  limitKilobytes,
  clock,
  ...options
}: GraphqlSourceOptions): ContentSource => {
  const client = createGraphqlClient({ ...options, limitBytes: limitKilobytes * 1024 });
  /** The one place where what is no good answer becomes a StoreError. */
  const orStoreError = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(name, error);
    }
  };

  /** A desk that saves one story wrongly has saved the others well: it is told of, and they are given. */
  const readOne = (at: unknown, { withHtml, onUnfit }: ReadingOptions): readonly SourceStory[] => {
    try {
      const story = mapStory(at, fields.stories, { withHtml });
      return story === null ? [] : [story];
    } catch (error) {
      if (!(error instanceof GraphqlFailure)) throw error;
      const { message: reason } = error;
      onUnfit?.({ sourceId: idOfStory(at, fields.stories), modifiedAt: saveOfStory(at, fields.stories), reason });
      return [];
    }
  };

  const readBatch = async (ids: readonly string[], reading: ReadingOptions): Promise<readonly SourceStory[]> => {
    const { withHtml } = reading;
    const data = await client.ask(documents.stories, { ids, withHtml });
    const found = listAt(data, fields.stories.each);
    const asked = new Set(ids);
    for (const at of found)
      if (!asked.delete(idOfStory(at, fields.stories)))
        throw new GraphqlFailure('shape', 'it answered stories that were not asked for, or one twice');
    return found.flatMap((at) => readOne(at, reading));
  };

  const source: Omit<ContentSource, 'name' | 'probe'> = {
    stories: (sourceIds, reading) =>
      orStoreError(async () => {
        const batches = batchesOf([...new Set(sourceIds)], batchSize);
        return (await Promise.all(batches.map((ids) => readBatch(ids, reading)))).flat();
      }),
    taxonomy: () => orStoreError(async () => mapTaxonomy(await client.ask(documents.taxonomy, {}), fields.taxonomy)),
    savedSince: (since, next) =>
      orStoreError(async () => {
        const variables = { since: new Date(since).toISOString(), after: next };
        return mapSightings(await client.ask(documents.savedSince, variables), fields.savedSince, next);
      }),
    inventory: (next) =>
      orStoreError(async () =>
        mapSightings(await client.ask(documents.inventory, { after: next }), fields.inventory, next),
      ),
  };
  return { ...source, name, probe: () => probeGraphql(source, clock.now()) };
};
