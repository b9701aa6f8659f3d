import { batchesOf } from '../../../src/content/batches-of.ts';
import { differ, idsOf, isSeen, seenOf, sortedIds, type Contract, type Json, type RightsProbe } from './judging.ts';
import { LIST_PROBES } from './list-probes.ts';
import { expectedOf } from './oracle.ts';
import { bodyMark, counterpartOf, FACTS, idOfFact, keyOf, pathOf, type Fact } from './world.ts';

const ARTICLE = `id rights { syndication } headline bodyText bodyHtml body { html } excerpt wordCount readingMinutes
  translations { id } translation(edition: AR, fallback: [EN]) { id } related(first: 20) { id }`;

const judgeArticle = (node: Json, fact: Fact, contract: Contract, now: number): readonly string[] => {
  const what = `${keyOf(fact)} (${fact.edition}, ${fact.kind}, ${fact.stored}, ${fact.time})`;
  const expected = expectedOf(contract, fact, now);
  if (expected === 'absent' || expected === 'gone') return differ(what, node, null);
  if (node === null) return [`${what} is absent`];
  const other = counterpartOf(fact);
  return [
    ...differ(`${what} right`, node.rights.syndication, expected),
    ...differ(`${what} text`, String(node.bodyText).includes(bodyMark(fact)), expected === 'FULL'),
    ...differ(
      `${what} body fields`,
      [node.bodyText, node.bodyHtml, node.body, node.wordCount, node.readingMinutes].map((value) => value !== null),
      [expected, expected, expected, expected, expected].map((right) => right === 'FULL'),
    ),
    ...differ(`${what} excerpt`, typeof node.excerpt === 'string' && node.excerpt.length > 100, true),
    ...differ(`${what} translations`, sortedIds(node.translations), idsOf(seenOf([other], contract, now))),
    ...differ(
      `${what} related`,
      node.related.length,
      Math.min(20, seenOf(FACTS, contract, now).filter(({ edition }) => edition === fact.edition).length - 1),
    ),
  ];
};

const byId: readonly RightsProbe[] = batchesOf(FACTS, 9).map((facts) => ({
  name: `nodes ${facts.map(keyOf).join(' ')}`,
  question: {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Article { ${ARTICLE} } } }`,
    variables: { ids: facts.map(idOfFact) },
  },
  judge: ({ nodes }, contract, now) => facts.flatMap((fact, place) => judgeArticle(nodes[place], fact, contract, now)),
}));

const byAddress: readonly RightsProbe[] = batchesOf(FACTS, 3).map((facts) => ({
  name: `addresses ${facts.map(keyOf).join(' ')}`,
  question: {
    query: `{ ${facts
      .map((fact) => {
        const [key, url] = [keyOf(fact), `https://news.example/${fact.edition.toLowerCase()}/${pathOf(fact)}`];
        return `u${key}: articleByUrl(url: "${url}") { id } r${key}: route(url: "${url}") { status node { id } }
          e${key}: edition(code: ${fact.edition}) { article(slug: "${key}") { id rights { syndication } } }`;
      })
      .join(' ')} }`,
  },
  judge: (data, contract, now) =>
    facts.flatMap((fact) => {
      const key = keyOf(fact);
      const id = isSeen(contract, fact, now) ? idOfFact(fact) : null;
      const isGone = expectedOf(contract, fact, now) === 'gone';
      const route = id === null ? (isGone ? { status: 'GONE', node: null } : null) : { status: 'FOUND', node: { id } };
      return [
        ...differ(`articleByUrl ${key}`, data[`u${key}`]?.id ?? null, id),
        ...differ(`route ${key}`, data[`r${key}`], route),
        ...differ(`slug ${key}`, data[`e${key}`].article?.id ?? null, id),
      ];
    }),
}));

/** Every way to an article, a number of articles, or a word of one. */
export const RIGHTS_PROBES: readonly RightsProbe[] = [...byId, ...byAddress, ...LIST_PROBES];
