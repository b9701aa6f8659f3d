import { batchesOf } from '../../../src/content/batches-of.ts';
import { differ, idsOf, seenOf, sortedIds, type Contract, type Json, type RightsProbe } from './judging.ts';
import { expectedOf } from './oracle.ts';
import { bodyMark, FACTS, idOfFact, keyOf, type Fact } from './world.ts';

interface List {
  readonly name: string;
  readonly field: string;
  readonly args: string;
  readonly holds: (fact: Fact) => boolean;
}

const under = (path: string) => (fact: Fact) =>
  fact.sections.some((section) => section === path || section.startsWith(`${path}/`));
const FILTERS: readonly (readonly [string, (fact: Fact) => boolean])[] = [
  ['', () => true],
  ['filter: { kinds: [NEWS] }', ({ kind }) => kind === 'NEWS'],
  ['filter: { sectionPaths: ["news"] }', under('news')],
  ['filter: { sectionPaths: ["sport"], kinds: [VIDEO] }', (fact) => under('sport')(fact) && fact.kind === 'VIDEO'],
  ['filter: { tagSlugs: ["harbour"], breaking: false }', () => true],
  ['orderBy: UPDATED_DESC', () => true],
  ['orderBy: PUBLISHED_ASC', () => true],
];
const OWNERS: readonly (readonly [string, (fact: Fact) => boolean])[] = [
  ['', () => true],
  ['section(path: "news")', under('news')],
  ['section(path: "news/politics")', under('news/politics')],
  ['section(path: "sport")', under('sport')],
  ['tag(slug: "harbour")', () => true],
  ['author(slug: "rana")', () => true],
];
const LISTS: readonly List[] = OWNERS.flatMap(([field, owns]) =>
  FILTERS.map(([args, passes]) => ({
    name: `${field || 'edition'} ${args}`,
    field,
    args,
    holds: (fact) => owns(fact) && passes(fact),
  })),
);

const lists: readonly RightsProbe[] = LISTS.flatMap(({ name, field, args, holds }) =>
  (['EN', 'AR'] as const).map((edition) => {
    const list = `articles(first: 100 ${args}) { totalCount nodes { id rights { syndication } } pageInfo { hasNextPage } }`;
    return {
      name: `list ${edition} ${name}`,
      question: {
        query: `{ edition(code: ${edition}) { ${field === '' ? list : `owner: ${field} { ${list} }`} } }`,
      },
      judge: ({ edition: read }: Json, contract: Contract, now: number) => {
        const { articles } = field === '' ? read : read.owner;
        const ids = idsOf(seenOf(FACTS, contract, now).filter((fact) => fact.edition === edition && holds(fact)));
        return [
          ...differ(`${name} of ${edition}`, sortedIds(articles.nodes), ids),
          ...differ(`count of ${name} of ${edition}`, articles.totalCount, ids.length),
        ];
      },
    };
  }),
);

const searches: readonly RightsProbe[] = (['EN', 'AR'] as const).flatMap((edition) => [
  {
    name: `search ${edition}`,
    question: {
      query: `{ edition(code: ${edition}) { search(query: "lighthouse", first: 100) { totalCount nodes { id } edges { snippetHtml node { rights { syndication } } } } } }`,
    },
    judge: ({ edition: { search } }: Json, contract: Contract, now: number) => {
      const ids = idsOf(seenOf(FACTS, contract, now).filter((fact) => fact.edition === edition));
      const shown = search.edges.filter(
        ({ snippetHtml, node }: Json) => snippetHtml !== null && node.rights.syndication !== 'FULL',
      );
      return [
        ...differ(`search of ${edition}`, sortedIds(search.nodes), ids),
        ...differ(`count of search of ${edition}`, search.totalCount, ids.length),
        ...differ(`snippets of ${edition}`, shown, []),
      ];
    },
  },
  ...batchesOf(
    FACTS.filter((fact) => fact.edition === edition),
    12,
  ).map((facts) => ({
    name: `words of bodies ${facts.map(keyOf).join(' ')}`,
    question: {
      query: `{ edition(code: ${edition}) { ${facts
        .map((fact) => `${keyOf(fact)}: search(query: "${bodyMark(fact)}") { totalCount nodes { id } }`)
        .join(' ')} } }`,
    },
    judge: ({ edition: read }: Json, contract: Contract, now: number) =>
      facts.flatMap((fact) => {
        // Of a text that is not for everybody its excerpt alone is searched, whoever asks.
        const isFound = expectedOf(contract, fact, now) === 'FULL' && fact.stored === 'FULL';
        const found = read[keyOf(fact)];
        return [
          ...differ(`search for ${bodyMark(fact)}`, sortedIds(found.nodes), isFound ? [idOfFact(fact)] : []),
          ...differ(`count of ${bodyMark(fact)}`, found.totalCount, Number(isFound)),
        ];
      }),
  })),
]);

const rankings: readonly RightsProbe[] = (['EN', 'AR'] as const).map((edition) => ({
  name: `rankings ${edition}`,
  question: { query: `{ edition(code: ${edition}) { trending(first: 3) { id } mostRead(first: 3) { id } } }` },
  judge: ({ edition: read }, contract, now) => {
    // Those with the lowest numbers were read most.
    const best = idsOf(
      seenOf(FACTS, contract, now)
        .filter((fact) => fact.edition === edition)
        .slice(0, 3),
    );
    return [
      ...differ(`most read of ${edition}`, sortedIds(read.mostRead), best),
      ...differ(`trending of ${edition}`, read.trending.length, best.length),
    ];
  },
}));

/** Every way to several articles, or a number of them. */
export const LIST_PROBES: readonly RightsProbe[] = [...lists, ...searches, ...rankings];
