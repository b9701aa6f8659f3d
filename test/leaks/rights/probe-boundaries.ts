import type { Database } from '../../../src/database/database.ts';
import { writeArticles } from '../../support/content-rows.ts';
import { createRandom } from '../../support/create-random.ts';
import { CONTRACTS } from './oracle.ts';
import type { RightsQuestion, RightsRig } from './rights-rig.ts';
import { WORLD_NOW } from './world.ts';

/** Embargoes end one after the other, so far apart. */
const STEP_MS = 10_000;
const liftOf = (number: number): number => WORLD_NOW + (number + 1) * STEP_MS;
const keyOf = (number: number): string => `lift${number}`;

export interface BoundariesProbed {
  readonly probes: number;
  readonly hits: number;
  /** Shown to somebody before the instant. */
  readonly early: readonly string[];
  /** Not shown at the instant, or after it. */
  readonly late: readonly string[];
}

/** Writes `count` articles whose embargoes end one after the other. */
export const writeEmbargoes = (database: Database, count: number): Promise<void> =>
  writeArticles(
    database,
    Array.from({ length: count }, (_, number) => ({
      key: keyOf(number),
      sections: ['sport'],
      tags: ['lift'],
      headline: `Lifted ${keyOf(number)}`,
      publishedAt: WORLD_NOW - 1_000 - number,
      embargoedUntil: liftOf(number),
    })),
  );

/** Instants around the end of an embargo, mostly the ones right beside it. */
const OFFSETS = [-5_000, -1_000, -2, -1, 0, 1, 2, 1_000] as const;

/**
 * Asks around the end of each of `count` embargoes, as time goes by, until `probes` were asked: as the holder of every contract, by
 * slug, by address, in a list and in a count, through the cache.
 */
export const probeBoundaries = async (
  rig: RightsRig,
  { count, probes, seed }: { readonly count: number; readonly probes: number; readonly seed: number },
): Promise<BoundariesProbed> => {
  const random = createRandom(seed);
  const names = Object.keys(CONTRACTS).filter((name) => CONTRACTS[name]?.holds(SPORT) === true && name !== 'suspended');
  const perInstant = Math.ceil(probes / (count * OFFSETS.length));
  const [early, late]: [string[], string[]] = [[], []];
  let [asked, hits] = [0, 0];
  const questionOf = (number: number): RightsQuestion => {
    const url = `https://news.example/en/sport/${keyOf(number)}`;
    return [
      { query: `{ edition(code: EN) { article(slug: "${keyOf(number)}") { id } } }` },
      { query: `{ route(url: "${url}") { status } articleByUrl(url: "${url}") { headline } }` },
      { query: `{ edition(code: EN) { tag(slug: "lift") { articles(first: 100) { nodes { slug } } } } }` },
      { query: `{ edition(code: EN) { tag(slug: "lift") { articles(first: 1) { totalCount } } } }` },
    ][Math.floor(random() * 4)] as RightsQuestion;
  };
  /** How many of the articles an answer shows, or whether it shows this one. */
  const isShown = (body: string, number: number): boolean => {
    const counted = /"totalCount":(\d+)/.exec(body)?.[1];
    if (counted !== undefined) return Number(counted) > number;
    return new RegExp(`"${keyOf(number)}"|Lifted ${keyOf(number)}"|"FOUND"|"article":\\{`).test(body);
  };
  for (let number = 0; number < count; number += 1)
    for (const offset of OFFSETS) {
      rig.clock.wind(Math.max(0, liftOf(number) + offset - rig.clock.now()));
      const now = rig.clock.now();
      for (let probe = 0; probe < perInstant && asked < probes; probe += 1) {
        const name = names[Math.floor(random() * names.length)] ?? 'public';
        const question = questionOf(number);
        const { body, state } = await rig.cached(name, question);
        asked += 1;
        if (state === 'hit') hits += 1;
        const mayBe = now >= liftOf(number) || CONTRACTS[name]?.seesEmbargoed === true;
        const shown = isShown(body, number);
        if (shown !== mayBe)
          (shown ? early : late).push(`${name} ${now - liftOf(number)} ms (${state}): ${question.query} ${body}`);
      }
    }
  return { probes: asked, hits, early, late };
};

const SPORT = {
  number: 0,
  edition: 'EN',
  sections: ['sport'],
  kind: 'NEWS',
  stored: 'FULL',
  time: 'embargoed',
} as const;
