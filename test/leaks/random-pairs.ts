import { parse } from 'graphql';
import { EDITION_CODES } from '../../src/content/edition.ts';
import { MEDIA_TYPES } from '../../src/graphql/executor.ts';
import { isExact } from '../../src/graphql/is-exact.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { coordinateDocuments, FORMS } from '../support/coordinate-documents.ts';
import { createRandom } from '../support/create-random.ts';
import { findLeak } from './compare.ts';
import type { LeakRig } from './leak-rig.ts';
import type { Question } from './two-services.ts';

export interface PairsOptions {
  readonly pairs: number;
  readonly seed: number;
  /** Between edits: one in so many questions is asked after an article has changed. */
  readonly questionsPerEdit?: number;
  readonly onProgress?: (asked: number) => void;
}

export interface PairsResult {
  readonly asked: number;
  readonly hits: number;
  readonly edits: number;
  /** The first leak found, at which the run ends. */
  readonly leak: string | undefined;
}

const AUDIENCES = ['public', 'gold', 'wire', 'school', 'archive'];

/** Questions that may be asked again. */
const KNOWN = 100;

/**
 * Asks random questions (document, variables, audience, edition, media type) at random instants, of the cache and past
 * it, while articles change; time goes on by up to twenty seconds between bursts, over boundaries and ages.
 */
export const askRandomPairs = async (
  rig: LeakRig,
  { pairs, seed, questionsPerEdit = 400, onProgress = () => undefined }: PairsOptions,
): Promise<PairsResult> => {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const schema = createSchema();
  const documents = FORMS.flatMap((form) => coordinateDocuments(schema, form)).filter(({ query }) =>
    isExact(schema, parse(query)),
  );
  const ask = (): Question => {
    const { query, variables } = pick(documents);
    const pool = rig.pools.get(pick(EDITION_CODES)) ?? {};
    return {
      query,
      variables: Object.fromEntries(variables.map((name) => [name, pick(pool[name] ?? [])])),
      audience: pick(AUDIENCES),
      mediaType: pick(MEDIA_TYPES),
    };
  };

  // Questions come back: a cache that is asked everything once answers nothing.
  const known: Question[] = [];
  let [asked, hits, edits] = [0, 0, 0];
  for (; asked < pairs; asked += 1) {
    if (asked % 50 === 0) rig.clock.wind(Math.floor(random() * 20_000));
    if (random() * questionsPerEdit < 1) await rig.edit((edits += 1));
    const again = random() < 0.8 ? known[Math.floor(random() * known.length)] : undefined;
    // What somebody asked is asked by others too.
    const question =
      again === undefined ? ask() : { ...again, audience: pick(AUDIENCES), mediaType: pick(MEDIA_TYPES) };
    if (again === undefined) known[known.length < KNOWN ? known.length : Math.floor(random() * KNOWN)] = question;
    const cached = await rig.cached(question);
    if (cached.state === 'hit') hits += 1;
    const leak = findLeak(question, cached, await rig.fresh(question));
    if (leak !== undefined) return { asked, hits, edits, leak };
    if (asked % 10_000 === 0) onProgress(asked);
  }
  return { asked, hits, edits, leak: undefined };
};
