import { readSitemap } from '../../syndication/sitemaps/read-sitemap.ts';
import { differ, isSeen, seenOf } from './judging.ts';
import { CONTRACTS } from './oracle.ts';
import { findLeaks, getBoth, type Probing } from './outlet-probing.ts';
import { counterpartOf, EDITIONS, pathOf, type Fact } from './world.ts';

const PUBLIC = CONTRACTS['public'] as (typeof CONTRACTS)[string];

/** Asks for both sitemaps of each edition with every key: they say what everybody sees, and nothing more to anybody. */
export const probeSitemaps = async (probing: Probing): Promise<void> => {
  const { rig, world, tally } = probing;
  const now = rig.clock.now();
  const facts = world.facts();
  const urlOf = (fact: Fact): string => `${rig.publicUrl}/${fact.edition.toLowerCase()}/${pathOf(fact)}`;
  for (const edition of EDITIONS) {
    const code = edition.toLowerCase();
    const held = seenOf(facts, PUBLIC, now).filter((fact) => fact.edition === edition);
    const expected = held.map(urlOf).toSorted();
    for (const [name, listed] of [
      [code, 'urls'],
      [`${code}-news`, 'news'],
    ] as const) {
      const path = `/sitemaps/${name}.xml`;
      const bodies: string[] = [];
      for (const contract of Object.keys(CONTRACTS)) {
        const { status, body } = await getBoth(probing, contract, path);
        const about = (what: string): string => `sitemap ${contract} ${path}: ${what}`;
        if (status !== 200) throw new Error(about(`${status} ${body}`));
        bodies.push(body);
        tally.leaks.push(...findLeaks(body, 'public', probing).map(about));
        const read = readSitemap(body);
        tally.leaks.push(...differ('addresses', read[listed].map(({ loc }) => loc).toSorted(), expected).map(about));
        if (listed === 'news') continue;
        const versions = new Map(read.urls.map(({ loc, alternates }) => [loc, Object.values(alternates)]));
        for (const fact of held) {
          const other = facts[counterpartOf(fact).number] as Fact;
          const isTold = versions.get(urlOf(fact))?.includes(urlOf(other)) ?? false;
          tally.leaks.push(...differ(`version of ${urlOf(fact)}`, isTold, isSeen(PUBLIC, other, now)).map(about));
        }
      }
      tally.leaks.push(...differ(`sitemap ${path}: for how many it differs`, new Set(bodies).size, 1));
    }
  }
};
