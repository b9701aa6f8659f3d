import type { Config } from '../config/load.ts';
import { spellingKey } from '../content/spelling.ts';
import type { Queryable } from '../database/database.ts';
import type { Finding } from './finding.ts';

/**
 * Plans that name sections which are not there: whoever holds one sees nothing of them. An edition without any section has not been
 * imported yet, or lives in another database.
 */
export const findLostSections = async (
  { plans }: Pick<Config, 'plans'>,
  database: Queryable,
): Promise<readonly Finding[]> => {
  const named = Object.entries(plans).flatMap(([plan, { sections }]) =>
    Object.entries(sections ?? {}).flatMap(([edition, paths]) =>
      (paths ?? []).map((path) => ({ plan, edition, path, key: spellingKey(path) })),
    ),
  );
  if (named.length === 0) return [];
  const rows = await database.query<{ readonly edition: string; readonly spelling_key: string }>(
    'SELECT edition, spelling_key FROM sections WHERE edition = ANY ($1::text[])',
    [[...new Set(named.map(({ edition }) => edition))]],
  );
  const known = Map.groupBy(rows, ({ edition }) => edition);
  return named
    .filter(({ edition, key }) => known.get(edition)?.every((row) => row.spelling_key !== key))
    .map(({ plan, edition, path }) => ({
      part: `plan ${plan}`,
      state: 'failed',
      detail: `${edition} has no section ${JSON.stringify(path)}: nothing of it is had`,
    }));
};
