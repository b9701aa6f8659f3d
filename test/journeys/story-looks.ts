import type { QueryAnswer } from '../support/run-query.ts';
import { story, storyId } from './desk.ts';

const ADDRESS = 'https://news.example/en/news/sport/rowing/turned';

/** Where the story that time turns stands: in every kind of list, and told in Spanish too. */
export const TURNED = {
  section: 'news/sport/rowing',
  tags: [{ slug: 'boats', name: 'Boats' }],
  authors: [{ slug: 'rana', name: 'Rana' }],
  translationGroup: 'told',
};

/** Stories beside it: one that fills a page of one, and its Spanish version. Neither is found by its words. */
export const BESIDE = [
  story('top', { publishedAt: '2026-11-23T11:59:00Z', html: '<p>Of something else.</p>' }),
  story('contado', { edition: 'es', translationGroup: 'told' }),
];

type Data = QueryAnswer['data'];

const isIn = ({ nodes }: { readonly nodes: readonly { readonly slug: string }[] }): boolean =>
  nodes.some(({ slug }) => slug === 'turned');

/** A way to meet the story `turned`: an answer of its own, and whether it shows the story. */
export type Look = readonly [query: string, isShown: (data: Data) => boolean];

/** Every way to meet it, by name. */
export const LOOKS: Readonly<Record<string, Look>> = {
  'the article by its slug': [
    'edition(code: EN) { article(slug: "turned") { slug } }',
    (d) => d.edition.article !== null,
  ],
  'the article by its id': [`article(id: "${storyId('turned')}") { slug }`, (d) => d.article !== null],
  'the node': [`node(id: "${storyId('turned')}") { id }`, (d) => d.node !== null],
  'the article by its address': [`articleByUrl(url: "${ADDRESS}") { slug }`, (d) => d.articleByUrl !== null],
  'its route': [`route(url: "${ADDRESS}") { status }`, (d) => d.route?.status === 'FOUND'],
  'the list of all': ['edition(code: EN) { articles { nodes { slug } } }', (d) => isIn(d.edition.articles)],
  'how many there are': ['edition(code: EN) { articles { totalCount } }', (d) => d.edition.articles.totalCount === 2],
  'a section above its own': [
    'edition(code: EN) { section(path: "news") { articles { nodes { slug } } } }',
    (d) => isIn(d.edition.section.articles),
  ],
  'its tag': [
    'edition(code: EN) { tag(slug: "boats") { articles { totalCount } } }',
    (d) => d.edition.tag.articles.totalCount === 1,
  ],
  'its author': [
    'edition(code: EN) { author(slug: "rana") { articles { nodes { slug } } } }',
    (d) => isIn(d.edition.author.articles),
  ],
  'a list narrowed by several': [
    'edition(code: EN) { articles(filter: { sectionPaths: ["news/sport"], tagSlugs: ["boats"], kinds: [NEWS] }) { totalCount } }',
    (d) => d.edition.articles.totalCount === 1,
  ],
  'a list by update': [
    'edition(code: EN) { articles(orderBy: UPDATED_DESC) { nodes { slug } } }',
    (d) => isIn(d.edition.articles),
  ],
  'a search': ['edition(code: EN) { search(query: "words") { nodes { slug } } }', (d) => isIn(d.edition.search)],
  'how many are found': [
    'edition(code: EN) { search(query: "words") { totalCount } }',
    (d) => d.edition.search.totalCount === 1,
  ],
  'its translation': [
    'edition(code: ES) { article(slug: "contado") { translation(edition: EN) { slug } } }',
    (d) => d.edition.article.translation !== null,
  ],
  // Full without it: that more follow is all that can be seen.
  'a page it is not on': [
    'edition(code: EN) { articles(first: 1) { nodes { id } pageInfo { hasNextPage } } }',
    (d) => d.edition.articles.pageInfo.hasNextPage,
  ],
  'a count beside a page it is not on': [
    'edition(code: EN) { articles(first: 1) { totalCount nodes { id } } }',
    (d) => d.edition.articles.totalCount === 2,
  ],
};
