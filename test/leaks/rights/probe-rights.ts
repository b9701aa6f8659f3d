import { CONTRACTS, expectedOf } from './oracle.ts';
import type { RightsProbe } from './judging.ts';
import { RIGHTS_PROBES } from './rights-probes.ts';
import type { RightsQuestion, RightsRig } from './rights-rig.ts';
import { FACTS, type Fact } from './world.ts';

export interface Probed {
  /** Answers that were looked at. */
  readonly answers: number;
  /** Of them out of the cache. */
  readonly hits: number;
  readonly leaks: readonly string[];
}

/** Marks in `body` of articles, or of bodies, that the holder of the contract may not have at `now`, `facts` being true. */
export const findMarks = (
  body: string,
  contract: string,
  now: number,
  facts: readonly Fact[] = FACTS,
): readonly string[] => {
  const terms = CONTRACTS[contract];
  if (terms === undefined) throw new TypeError(`No contract ${contract}`);
  return [...body.matchAll(/\b(hd|bd)(\d+)x\b/g)].flatMap(([mark, place, number]) => {
    const fact = facts[Number(number)];
    // Some letters of a cursor.
    if (fact === undefined) return [];
    const expected = expectedOf(terms, fact, now);
    return expected === 'FULL' || (expected === 'EXCERPT' && place === 'hd') ? [] : [`holds ${mark}`];
  });
};

/** Asks `question` for every contract, through the cache twice and past it, and looks at all that comes. */
export const probeAll = async (
  rig: RightsRig,
  question: RightsQuestion,
  judge?: RightsProbe['judge'],
): Promise<Probed> => {
  const leaks: string[] = [];
  let [answers, hits] = [0, 0];
  const now = rig.clock.now();
  // Everybody first asks for what nobody has, then for what everybody has asked for.
  for (const round of [1, 2])
    for (const [name, contract] of Object.entries(CONTRACTS)) {
      const cached = await rig.cached(name, question);
      answers += 1;
      if (cached.state === 'hit') hits += 1;
      const { data, errors } = JSON.parse(cached.body);
      const about = (what: string): string => `${name}, ${cached.state}: ${what} (${question.query.slice(0, 200)})`;
      // A search is asked for words that stand in its variables, not in answers.
      leaks.push(...findMarks(cached.body, name, now).map(about));
      if (errors !== undefined && judge !== undefined) leaks.push(about(`errors ${JSON.stringify(errors)}`));
      else leaks.push(...(judge?.(data, contract, now) ?? []).map(about));
      if (round === 1) continue;
      const fresh = await rig.fresh(name, question);
      answers += 1;
      if (fresh.body !== cached.body) leaks.push(about(`${cached.body} and without a cache ${fresh.body}`));
    }
  return { answers, hits, leaks };
};

const sum = (all: readonly Probed[]): Probed => ({
  answers: all.reduce((total, { answers }) => total + answers, 0),
  hits: all.reduce((total, { hits }) => total + hits, 0),
  leaks: all.flatMap(({ leaks }) => leaks),
});

/** All probes, for every contract. */
export const probeRights = async (rig: RightsRig, probes: readonly RightsProbe[] = RIGHTS_PROBES): Promise<Probed> => {
  const all: Probed[] = [];
  for (const { question, judge } of probes) all.push(await probeAll(rig, question, judge));
  return sum(all);
};
