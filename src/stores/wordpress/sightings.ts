import { z } from 'zod';
import type { Instant } from '../../clock.ts';
import type { Sighting, Sightings } from '../content-source.ts';
import { PAGE_SIZE, readById } from './read-by-id.ts';
import { SIGHTING_FIELDS, sightingsShape } from './post-shape.ts';
import { outOfContract, type Parameters, type WordPressClient } from './wordpress-client.ts';

type SeenPost = z.output<typeof sightingsShape>[number];

/** What posts are asked for by whoever looks what is there. */
export const visibleTo = ({ isAnonymous }: Pick<WordPressClient, 'isAnonymous'>): Parameters =>
  isAnonymous ? { status: 'publish' } : { status: 'publish,future', context: 'edit' };

/** A story behind a password is there for nobody. */
const sightingsOf = (posts: readonly SeenPost[]): readonly Sighting[] =>
  posts.flatMap(({ id, modified_gmt: modifiedAt, content }) =>
    content.protected || modifiedAt === null ? [] : [{ sourceId: String(id), modifiedAt }],
  );

const PLACE = /^(\d{1,15}),(\d{1,15})$/;

/**
 * A page of everything that is there, by id.
 *
 * @throws {StoreError}
 */
export const readInventory = async (client: WordPressClient, next: string | null): Promise<Sightings> => {
  const [, offset = '0', lastId = '0'] = PLACE.exec(next ?? '') ?? [];
  const walk = {
    route: 'wp/v2/posts',
    parameters: { ...visibleTo(client), _fields: SIGHTING_FIELDS },
    shape: sightingsShape,
  };
  const page = await readById(client, walk, { offset: Number(offset), lastId: Number(lastId) });
  const place = page.next;
  return { sightings: sightingsOf(page.rows), next: place === null ? null : `${place.offset},${place.lastId}` };
};

const SECOND_MS = 1_000;
/**
 * WordPress compares the time on the site's wall, which shows one hour twice when summer ends: what was saved in its
 * second run looks older than what was saved in its first.
 */
const CLOCK_CHANGE_MS = 60 * 60 * SECOND_MS;

/** A time on that wall, without an offset: WordPress takes such a one for its own. */
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
/** After which time a page begins, and how many of what was saved after that it leaves out. */
const AFTER = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.000Z)?),(\d{1,9})$/;
/** Within which second a page stands, and where in it. */
const WITHIN = /^in (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d),(\d{1,9}),(\d{1,15})$/;

const secondsFrom = (local: string, seconds: number): string =>
  new Date(Date.parse(`${local}Z`) + seconds * SECOND_MS).toISOString().slice(0, -5);

/** A hundred pages with nothing in them for this user: a list that gives nothing and never ends must. */
const MAX_EMPTY = 100 * PAGE_SIZE;

/** Where the walk goes on behind `posts`, which are not the last. */
const placeBehind = (client: WordPressClient, posts: readonly SeenPost[], after: string, offset: number): string => {
  const times = posts.map(({ modified }) => modified);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) {
    // It begins at 0 behind every page that had some.
    if (offset >= MAX_EMPTY) throw outOfContract(client, 'a list by time of saving that does not end');
    return `${after},${offset + PAGE_SIZE}`;
  }
  const isBehind = !LOCAL.test(after) || first > after;
  const isInOrder = isBehind && times.every((time, index) => LOCAL.test(time) && time >= (times[index - 1] ?? ''));
  // Of one second only: there are more of it than a page holds, or the walk would go round in a circle.
  if (isInOrder && first === last) return `in ${last},0,0`;
  if (isInOrder && secondsFrom(last, -1) !== after) return `${secondsFrom(last, -1)},0`;
  throw outOfContract(client, 'a list by time of saving in no order');
};

/** A page of one second, by id: by time WordPress gives what is equal in any order, and another one for each page. */
const readWithin = async (client: WordPressClient, second: string, offset: number, lastId: number) => {
  const walk = {
    route: 'wp/v2/posts',
    parameters: {
      ...visibleTo(client),
      _fields: SIGHTING_FIELDS,
      modified_after: secondsFrom(second, -1),
      modified_before: secondsFrom(second, 1),
    },
    shape: sightingsShape,
  };
  const { rows, next } = await readById(client, walk, { offset, lastId });
  return { rows, next: next === null ? `${second},0` : `in ${second},${next.offset},${next.lastId}` };
};

/**
 * A page of what was saved at `since` or later, the oldest save first. The next begins with the second in which the last
 * of this one was saved, not at a place in the list: what is saved meanwhile moves to the end and the rest up. Some come
 * twice.
 *
 * @throws {StoreError}
 */
export const readSavedSince = async (
  client: WordPressClient,
  since: Instant,
  next: string | null,
): Promise<Sightings> => {
  const isSince = ({ modifiedAt }: Sighting): boolean => modifiedAt !== null && modifiedAt >= since;
  const [, second, place = '', lastId = ''] = WITHIN.exec(next ?? '') ?? [];
  if (second !== undefined) {
    const page = await readWithin(client, second, Number(place), Number(lastId));
    return { sightings: sightingsOf(page.rows).filter(isSince), next: page.next };
  }
  // "After" is exclusive there, here it is not.
  const start = new Date(since - CLOCK_CHANGE_MS - SECOND_MS).toISOString();
  const [, after = start, skipped = '0'] = AFTER.exec(next ?? '') ?? [];
  const offset = Number(skipped);
  const { value, total } = await client.get(
    'wp/v2/posts',
    {
      ...visibleTo(client),
      _fields: SIGHTING_FIELDS,
      modified_after: after,
      orderby: 'modified',
      order: 'asc',
      per_page: PAGE_SIZE,
      offset,
    },
    sightingsShape,
  );
  const isLast = total === null ? value.length < PAGE_SIZE : offset + PAGE_SIZE >= total;
  return {
    sightings: sightingsOf(value).filter(isSince),
    next: isLast ? null : placeBehind(client, value, after, offset),
  };
};
