import type { Instant } from '../../clock.ts';
import type { Sighting } from '../../stores/content-source.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { StoryRow } from './story-rows.ts';

/** A source dates its saves by the second: what was looked at within it may have been saved once more. */
const DATING_MS = 2_000;

/** Whether what is known of a story may be other than what it is where it was seen. */
const differs = (row: StoryRow | undefined, { modifiedAt }: Sighting, { lagSeconds }: IndexedDesk): boolean => {
  if (row === undefined) return true;
  // Told to be gone before it was ever found: there again once it is saved since.
  if (row.modifiedAt === null && row.isKilled) return modifiedAt !== null && modifiedAt > (row.goneAt ?? 0);
  if (row.modifiedAt === null || row.lookedAt === null || modifiedAt === null) return !row.isKilled;
  if (row.modifiedAt !== modifiedAt) return true;
  if (row.isKilled) return false;
  return !row.isPresent || row.lookedAt < modifiedAt + lagSeconds * 1_000 + DATING_MS;
};

/** What the source calls those of `sightings` that have to be looked at. */
export const findDiffering = (
  sightings: readonly Sighting[],
  rows: readonly StoryRow[],
  desk: IndexedDesk,
): readonly string[] => {
  const bySourceId = new Map(rows.map((row) => [row.sourceId, row]));
  return sightings
    .filter((sighting) => differs(bySourceId.get(sighting.sourceId), sighting, desk))
    .map(({ sourceId }) => sourceId);
};

/** The latest save among `sightings` that is not dated after `now`: a clock that is wrong must not end the sweep. */
export const latestSave = (sightings: readonly Sighting[], now: Instant): Instant | null => {
  const saves = sightings.flatMap(({ modifiedAt }) => (modifiedAt === null || modifiedAt > now ? [] : [modifiedAt]));
  return saves.length === 0 ? null : saves.reduce((a, b) => Math.max(a, b));
};
