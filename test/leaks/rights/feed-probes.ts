import { FEED_FORMATS, type FeedFormat } from '../../../src/syndication/feeds/feed-request.ts';
import { differ, idsOf, seenOf } from './judging.ts';
import { CONTRACTS, expectedOf } from './oracle.ts';
import { findLeaks, getBoth, type Probing } from './outlet-probing.ts';
import type { Got } from './outlets-rig.ts';
import { readFeed } from './read-feed.ts';
import { bodyMark, EDITIONS, headMark, idOfFact, LIFT, type Fact } from './world.ts';

const under = (path: string) => (fact: Fact) =>
  fact.sections.some((section) => section === path || section.startsWith(`${path}/`));

interface Subject {
  readonly path: string;
  /** Whether withdrawals are told in it, and of everything. */
  readonly tells: 'all' | 'some' | 'none';
  readonly holds: (fact: Fact) => boolean;
}

const SUBJECTS: readonly Subject[] = EDITIONS.flatMap((edition) => {
  const isOfIt = (fact: Fact): boolean => fact.edition === edition;
  const code = edition.toLowerCase();
  return [
    { path: code, tells: 'all', holds: isOfIt } as const,
    ...['news', 'news/politics', 'sport'].map((path) => ({
      path: `${code}/${path}`,
      tells: 'some' as const,
      holds: (fact: Fact) => isOfIt(fact) && under(path)(fact),
    })),
    { path: `${code}/tags/harbour`, tells: 'none', holds: isOfIt } as const,
    { path: `${code}/authors/rana`, tells: 'none', holds: isOfIt } as const,
  ];
});

/** A feed that is read to its end. */
export interface FeedProbe {
  readonly subject: Subject;
  readonly format: FeedFormat;
  readonly first: number;
}

/** Every feed there is, in one part; those of an edition in many parts too. */
export const FEED_PROBES: readonly FeedProbe[] = SUBJECTS.flatMap((subject) =>
  FEED_FORMATS.flatMap((format) =>
    [100, ...(subject.tells === 'all' ? [9] : [])].map((first) => ({ subject, format, first })),
  ),
);

const nextOf = ({ link }: Got, publicUrl: string): string | undefined =>
  /<([^>]*)>; rel="next"/.exec(link)?.[1]?.slice(publicUrl.length);

/** Reads the feed to its end as the holder of `contract`. */
const walk = async (probing: Probing, contract: string, path: string): Promise<readonly Got[]> => {
  const parts: Got[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const part = await getBoth(probing, contract, next);
    if (part.status !== 200) throw new Error(`${contract} ${next}: ${part.status} ${part.body}`);
    parts.push(part);
    next = nextOf(part, probing.rig.publicUrl);
  }
  return parts;
};

const judgeStories = (
  { rig, world }: Probing,
  contract: string,
  { subject, format }: FeedProbe,
  parts: readonly Got[],
): readonly string[] => {
  const terms = CONTRACTS[contract] as (typeof CONTRACTS)[string];
  const now = rig.clock.now();
  const read = parts.map(({ body }) => readFeed(format, body));
  const waits = ({ time }: Fact): boolean => time === 'embargoed' && now < LIFT && format !== 'ninjs';
  const held = seenOf(world.facts(), terms, now).filter((fact) => subject.holds(fact) && !waits(fact));
  const stories = read.flatMap((feed) => feed.stories);
  const [gone, ever] = [read.flatMap(({ withdrawn }) => withdrawn), world.everSeen(contract)];
  const seenNow = new Set(idsOf(seenOf(world.facts(), terms, now)));
  const ofIt = new Set(idsOf(world.facts().filter(subject.holds)));
  const owed = [...world.takenBack(contract)].filter((id) => ofIt.has(id) && subject.tells === 'all');
  const texts = new Map(stories.map(({ id, text }) => [id, text]));
  return [
    ...differ('stories', stories.map(({ id }) => id).toSorted(), idsOf(held)),
    ...held.flatMap((fact) => {
      const text = texts.get(idOfFact(fact)) ?? '';
      const isWhole = expectedOf(terms, fact, now) === 'FULL';
      return [
        ...differ(`head of ${headMark(fact)}`, text.includes(headMark(fact)), true),
        ...differ(`text of ${bodyMark(fact)}`, text.includes(bodyMark(fact)), isWhole),
      ];
    }),
    ...differ(
      'told to be gone',
      gone.filter((id) => !ever.has(id) || seenNow.has(id)),
      [],
    ),
    ...(format === 'rss' || subject.tells === 'none' ? differ('told to be gone', gone, []) : []),
    ...(format === 'rss'
      ? []
      : differ(
          'not told to be gone',
          owed.filter((id) => !gone.includes(id)),
          [],
        )),
  ];
};

/** Sends the digest of the very bytes back, and those of all other callers' bytes. */
const probeConditions = async (probing: Probing, path: string, firsts: ReadonlyMap<string, Got>): Promise<void> => {
  const { rig, tally } = probing;
  for (const [contract, { etag, body }] of firsts) {
    const others = [...firsts.values()].filter((other) => other.etag !== etag).map((other) => other.etag);
    const same = await rig.get(contract, path, { ifNoneMatch: etag });
    const another = await rig.get(contract, path, { ifNoneMatch: ['"none"', ...others].join(', ') });
    tally.answers += 2;
    tally.leaks.push(
      ...differ(`${contract} ${path} with its own digest`, [same.status, same.body], [304, '']),
      ...differ(`${contract} ${path} with the digests of others`, [another.status, another.body === body], [200, true]),
    );
  }
};

/** Asks for `probe` as the holder of every contract: first what nobody has, then what everybody has asked for. */
export const probeFeed = async (probing: Probing, probe: FeedProbe): Promise<void> => {
  const { rig, tally } = probing;
  const path = `/feeds/${probe.subject.path}.${probe.format}${probe.first === 20 ? '' : `?first=${probe.first}`}`;
  const firsts = new Map<string, Got>();
  let second: string | undefined;
  for (const round of [1, 2])
    for (const contract of Object.keys(CONTRACTS)) {
      const parts = round === 1 ? await walk(probing, contract, path) : [await rig.get(contract, path)];
      const about = (what: string): string => `feed ${contract} ${path} (round ${round}): ${what}`;
      tally.leaks.push(...parts.flatMap(({ body }) => findLeaks(body, contract, probing)).map(about));
      if (round === 1) {
        tally.leaks.push(...judgeStories(probing, contract, probe, parts).map(about));
        firsts.set(contract, parts[0] as Got);
        if (contract === 'full') second = nextOf(parts[0] as Got, rig.publicUrl);
        continue;
      }
      tally.answers += 1;
      if (parts[0]?.isHit === true) tally.hits += 1;
      tally.leaks.push(...differ('the second time', parts[0]?.body, firsts.get(contract)?.body).map(about));
      // A place in a list that somebody else was given.
      if (second === undefined) continue;
      const foreign = await getBoth(probing, contract, second);
      tally.leaks.push(
        ...findLeaks(foreign.body, contract, probing).map((leak) => `feed ${contract} ${second}: ${leak}`),
      );
    }
  await probeConditions(probing, path, firsts);
};
