import type { SightingFields } from '../../config/graphql-mapping.ts';
import type { Sightings } from '../content-source.ts';
import { GraphqlFailure } from './graphql-failure.ts';
import { createRuleReader, listAt, valueAt } from './read-rule.ts';

const nextOf = (data: unknown, { next, hasMore }: SightingFields): string | null => {
  if (next === undefined || (hasMore !== undefined && valueAt(data, hasMore) !== true)) return null;
  return valueAt(data, next) === null ? null : createRuleReader(data).id({ path: next });
};

/**
 * One page of what is there, as `fields` finds it in an answer. A story whose save cannot be read is there all the same.
 *
 * @param after the cursor the page was asked for with.
 * @throws {GraphqlFailure} as `mapStory`, and for a page that leads to itself.
 */
export const mapSightings = (data: unknown, fields: SightingFields, after: string | null): Sightings => {
  const next = nextOf(data, fields);
  if (next !== null && next === after) throw new GraphqlFailure('shape', 'a page names itself as the next one');
  return {
    sightings: listAt(data, fields.each).map((at) => {
      const read = createRuleReader(at);
      return { sourceId: read.id(fields.id), modifiedAt: read.readableInstant(fields.modifiedAt) };
    }),
    next,
  };
};
