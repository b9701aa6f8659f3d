import { differ, differInIds, idsOf, seenOf } from './judging.ts';
import { CONTRACTS } from './oracle.ts';
import { findLeaks, getBoth, type Probing } from './outlet-probing.ts';

interface Line {
  readonly id?: string;
  readonly kind?: string;
  readonly articleId?: string;
  readonly url?: string;
  readonly cursor: string;
  readonly hasMore?: boolean;
}

/** What the holder of a contract has made of the changes it was told, and where it goes on. */
export interface Mirror {
  readonly holds: Set<string>;
  cursor: string | null;
}

export const createMirrors = (): ReadonlyMap<string, Mirror> =>
  new Map(Object.keys(CONTRACTS).map((name) => [name, { holds: new Set(), cursor: null }]));

const linesOf = (body: string): readonly Line[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** Follows to the end from where `mirror` stands, as NDJSON; what was told. */
const follow = async (
  probing: Probing,
  contract: string,
  mirror: Mirror,
  { first, query = '' }: { readonly first: number; readonly query?: string },
): Promise<readonly Line[]> => {
  const told: Line[] = [];
  for (let hasMore = true; hasMore;) {
    const after = mirror.cursor === null ? '' : `&after=${encodeURIComponent(mirror.cursor)}`;
    const path = `/changes?first=${first}${query}${after}`;
    const { status, body } = await getBoth(probing, contract, path);
    if (status !== 200) throw new Error(`${contract} ${path}: ${status} ${body}`);
    // Cursors are signed and hold no address; ids are looked for in what they say besides.
    const said = body.replaceAll(/"cursor":"[^"]*"/g, '');
    probing.tally.leaks.push(
      ...findLeaks(said, contract, probing).map((leak) => `changes ${contract} ${path}: ${leak}`),
    );
    const lines = linesOf(body);
    for (const { kind, articleId } of lines) {
      if (articleId === undefined) continue;
      if (kind === 'KILL') mirror.holds.delete(articleId);
      else mirror.holds.add(articleId);
    }
    told.push(...lines.filter(({ articleId }) => articleId !== undefined));
    const last = lines.at(-1) as Line;
    mirror.cursor = last.cursor;
    hasMore = last.hasMore === true;
  }
  return told;
};

const GRAPH = `query ($after: String) { changes(first: 50, after: $after) { cursor pageInfo { hasNextPage } edges { node {
  id kind articleId url version article { id headline bodyText bodyHtml excerpt body { html } rights { syndication } } } } } }`;

/** The same in the graph, with the articles as they are now. */
const probeGraph = async (probing: Probing, contract: string, expected: readonly Line[]): Promise<void> => {
  const { rig, tally } = probing;
  const told: Line[] = [];
  for (let after: string | null = null, isMore = true; isMore;) {
    const question = { query: GRAPH, variables: { after } };
    const [kept, fresh] = [await rig.ask(contract, question), await rig.ask(contract, question, 'fresh')];
    tally.answers += 2;
    if (kept.state === 'hit') tally.hits += 1;
    const said = kept.body.replaceAll(/"cursor":"[^"]*"/g, '');
    tally.leaks.push(
      ...findLeaks(said, contract, probing).map((leak) => `changes(…) ${contract}: ${leak}`),
      ...differ(`changes(…) ${contract} without a cache`, fresh.body, kept.body),
    );
    const { data } = JSON.parse(kept.body);
    told.push(...data.changes.edges.map(({ node }: { node: Line }) => node));
    after = data.changes.cursor;
    isMore = data.changes.pageInfo.hasNextPage;
  }
  const shortOf = (lines: readonly Line[]) =>
    lines.map(({ id, kind, articleId, url }) => [id, kind, articleId, url].join(' '));
  tally.leaks.push(...differ(`changes(…) ${contract} and /changes`, shortOf(told), shortOf(expected)));
};

/** Rebuilds from nothing, in every way, and goes on from where each of `mirrors` stood: all end with what the contract holds. */
export const probeStreams = async (probing: Probing, mirrors: ReadonlyMap<string, Mirror>): Promise<void> => {
  const { rig, world, tally } = probing;
  for (const [contract, terms] of Object.entries(CONTRACTS)) {
    const held = seenOf(world.facts(), terms, rig.clock.now());
    const judge = (what: string, { holds }: Mirror, facts = held): void => {
      tally.leaks.push(...differInIds(`changes ${contract}, ${what}`, holds, idsOf(facts)));
    };
    const [whole, short, english] = [1, 2, 3].map((): Mirror => ({ holds: new Set(), cursor: null })) as [
      Mirror,
      Mirror,
      Mirror,
    ];
    const told = await follow(probing, contract, whole, { first: 1_000 });
    judge('from nothing', whole);
    await follow(probing, contract, short, { first: 37 });
    judge('from nothing, in short pages', short);
    await follow(probing, contract, english, { first: 200, query: '&editions=en' });
    judge(
      'of one edition',
      english,
      held.filter(({ edition }) => edition === 'EN'),
    );
    await probeGraph(probing, contract, told);
    const mirror = mirrors.get(contract);
    if (mirror === undefined) continue;
    await follow(probing, contract, mirror, { first: 25 });
    judge('from an earlier cursor', mirror);
  }
};
