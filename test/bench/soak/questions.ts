import { EDITION_CODES } from '../../../src/content/edition.ts';
import { ARCHIVE, type Archive } from '../../support/archive/archive-places.ts';
import { operations, requestsOf } from '../compare/operations.ts';
import { graphqlRequest } from '../rig/graphql-request.ts';
import type { BenchRequest } from '../rig/load.ts';
import { scaleRows } from '../scale/scale-rows.ts';

/** What one reader asks: number `place` of its kind, of an archive. */
type Kind = (archive: Archive, place: number) => BenchRequest;

const row = (name: string): Kind => {
  const found = scaleRows.find((each) => each.name === name);
  if (found === undefined) throw new TypeError(`There is no row "${name}"`);
  const { document, variablesOf } = found;
  return (archive, place) =>
    graphqlRequest(document, variablesOf(place, { archive, deepCursor: null, deltaCursor: null }));
};

const FORMATS = ['rss', 'atom', 'json', 'ninjs'] as const;
const feed: Kind = (_archive, place) => {
  const edition = EDITION_CODES[place % EDITION_CODES.length]?.toLowerCase() ?? '';
  const format = FORMATS[place % FORMATS.length] ?? '';
  return { method: 'GET', path: `/feeds/${edition}/s${place % ARCHIVE.sections}.${format}`, headers: {} };
};

/** Answered anew for each of its numbers. */
const ENDLESS: readonly Kind[] = [
  ...operations.map((operation): Kind => (archive, place) => {
    const [request] = requestsOf(operation, archive, { from: place, count: 1 });
    if (request === undefined) throw new TypeError('No request');
    return request;
  }),
  row('article page'),
  row('the same, of a list nobody has counted'),
];

/** Of which there are no more than some dozens: all of them come again. */
const FEW: readonly Kind[] = [
  row('front page'),
  row('section, page 1, counted'),
  row('tag on every third article'),
  row('search, a rare word'),
  row('search, a common word'),
  row('deltas, from the beginning'),
  feed,
];

/** Of each endless kind, asked again in every round. */
const KEPT = 500;

/** As all but benches ask: the packed form of an answer is kept beside it. */
const packed = (request: BenchRequest): BenchRequest => ({
  ...request,
  headers: { ...request.headers, 'accept-encoding': 'gzip' },
});

/**
 * Questions of all sorts in turn, `count` or a few less: of two, one is asked for the first time and one has been asked in the round before.
 *
 * @param from the first of those not asked for yet; the next round goes on behind `from + count`.
 */
export const questionsOf = (
  archive: Archive,
  { from, count }: { readonly from: number; readonly count: number },
): readonly BenchRequest[] =>
  Array.from({ length: Math.floor(count / 2) }, (_, index) => {
    const place = KEPT + from + index;
    const fresh = ENDLESS[index % ENDLESS.length];
    // As many of the few kinds as of those that are asked again.
    const turn = Math.floor(index / 2);
    const again =
      index % 2 === 0
        ? FEW[turn % FEW.length]?.(archive, turn)
        : ENDLESS[turn % ENDLESS.length]?.(archive, turn % KEPT);
    if (fresh === undefined || again === undefined) throw new TypeError('No kind of question');
    return [fresh(archive, place), again];
  })
    .flat()
    .map(packed);
