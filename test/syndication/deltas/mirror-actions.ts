import * as fc from 'fast-check';
import { articleLine, RIG_START } from '../../support/ingest-rig.ts';

export const HALF_HOUR_MS = 30 * 60_000;
const STORIES = ['a', 'b', 'c', 'd'];
/** Who may see what: `createWorld` says. */
export const AUDIENCES = ['public', 'world', 'news', 'desk', 'excerpts'];

const instant = (halves: number | null): string | undefined =>
  halves === null ? undefined : new Date(RIG_START + halves * HALF_HOUR_MS).toISOString();

const soon = fc.option(fc.integer({ min: -2, max: 8 }), { nil: null });
const fieldsOf = fc.record({
  section: fc.constantFrom('news/politics', 'news/economy', 'world'),
  headline: fc.constantFrom('One', 'Two', 'Three'),
  publishes: fc.constantFrom(-100, -100, -100, 2, 4),
  embargo: soon,
  expires: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null }),
  syndication: fc.constantFrom('FULL', 'FULL', 'EXCERPT', 'NONE'),
  isWithdrawn: fc.constantFrom(false, false, false, true),
});
type Fields = typeof fieldsOf extends fc.Arbitrary<infer Value> ? Value : never;

/** Of a story that everybody sees. */
export const PLAIN_FIELDS: Fields = {
  section: 'news/politics',
  headline: 'One',
  publishes: -100,
  embargo: null,
  expires: null,
  syndication: 'FULL',
  isWithdrawn: false,
};

const story = fc.constantFrom(...STORIES);
/** Something that happens. `late`: in a transaction that is committed with the next `commit`. */
const actionOf = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('edit'),
      lines: fc.array(fc.tuple(story, fieldsOf), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('late'),
      headline: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('x', 'y', 'z') }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('commit') }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('takeDown', 'lift', 'reportKill', 'reportPublish'), story }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wind'), halves: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('step') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('plan'), audience: fc.constantFrom(...AUDIENCES) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trim'), share: fc.integer({ min: 1, max: 3 }) }) },
  // Killed: it had applied more than it had written down when it went.
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('read'),
      first: fc.integer({ min: 1, max: 5 }),
      kept: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
    }),
  },
);
export type Action = typeof actionOf extends fc.Arbitrary<infer Value> ? Value : never;
/** Several, in order. */
export const actionsOf = (size: fc.ArrayConstraints) => fc.array(actionOf, size);

/** The line of a story as `fields` have it. */
export const lineOf = (name: string, fields: Fields) => {
  const { section, headline, publishes, embargo, expires, syndication, isWithdrawn } = fields;
  const [embargoedUntil, expiresAt] = [instant(embargo), instant(expires)];
  return articleLine(name, {
    section,
    headline,
    publishedAt: instant(publishes),
    rights: { syndication, ...(embargoedUntil && { embargoedUntil }), ...(expiresAt && { expiresAt }) },
    ...(isWithdrawn ? { withdrawnAt: instant(-1) } : {}),
  });
};
