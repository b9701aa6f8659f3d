import type { Asked, Shown } from './history.ts';
import { listName, SECTIONS, type DeskCode, type Story } from './newsroom.ts';
import type { Random } from './random.ts';

/** Something a reader asks, and how its answer is understood. */
export interface Question {
  readonly asked: Asked;
  /** What makes its answer one: the same question of the same reader is answered from the same entry. */
  readonly key: string;
  /** The request, up to the end of its fields; `If-None-Match` may follow. */
  readonly head: string;
  readonly body: string;
  readonly mediaType: MediaType;
  /** Names of the articles that may be found by it, and nothing else. */
  readonly desk: DeskCode;
}

const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

export interface QuestionOptions {
  /** How many documents ask the same: each is an entry of its own. */
  readonly shapes: number;
  readonly listShare: number;
  /** Whether answers are packed more often than a few times. */
  readonly packedShare: number;
  /** How many are asked under a name of their own: no answer was kept for those, what it is made of may have been. */
  readonly newShare: number;
}

/** Fields that tell documents apart, besides what all of them show. */
const EXTRAS = ['kicker', 'byline', 'language', 'slug', 'standfirst', 'bodyHtml', 'section { path }', 'updatedAt'];

const extrasOf = (shape: number): string => EXTRAS.filter((_, bit) => (shape >> bit) & 1).join(' ');

const articleDocument = (form: 'id' | 'slug' | 'url', shape: number): string => {
  const fields = `{ headline ${extrasOf(shape)} }`;
  if (form === 'id') return `query ($id: ID!) { article(id: $id) ${fields} }`;
  if (form === 'url') return `query ($url: URL!) { article: articleByUrl(url: $url) ${fields} }`;
  return `query ($code: EditionCode!, $slug: String!) { edition(code: $code) { article(slug: $slug) ${fields} } }`;
};

const listDocument = (section: string | undefined, shape: number): string => {
  // 100 is more than stand in any list: a page is the whole list.
  const list = `articles(first: 100) { nodes { headline ${extrasOf(shape & 31)} } ${shape & 1 ? '' : 'totalCount'} }`;
  return section === undefined
    ? `query ($code: EditionCode!) { edition(code: $code) { ${list} } }`
    : `query ($code: EditionCode!, $path: String!) { edition(code: $code) { section(path: $path) { ${list} } } }`;
};

const write = (
  { asked, desk }: Pick<Question, 'asked' | 'desk'>,
  document: string,
  variables: Readonly<Record<string, string>>,
  random: Random,
  { packedShare, newShare }: Pick<QuestionOptions, 'packedShare' | 'newShare'>,
): Question => {
  const isNew = random.chance(newShare);
  const query = isNew ? document.replace('query', `query Q${random.below(1e12)}`) : document;
  const mediaType = random.pick(MEDIA_TYPES);
  const coding = random.chance(packedShare) ? random.pick(['gzip', 'br']) : 'identity';
  const isGet = random.chance(0.4);
  const fields = `Host: checker.example\r\nAccept: ${mediaType}\r\nAccept-Encoding: ${coding}\r\n`;
  const key = `${query} ${JSON.stringify(variables)} ${mediaType} ${coding}`;
  if (isGet) {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString();
    return { asked, desk, key, mediaType, body: '', head: `GET /graphql?${search} HTTP/1.1\r\n${fields}` };
  }
  const body = JSON.stringify({ query, variables });
  const length = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  return { asked, desk, key, mediaType, body, head: `POST /graphql HTTP/1.1\r\n${fields}${length}` };
};

/** A question about `story`, or about a list it may stand in. */
export const askAbout = (story: Story, options: QuestionOptions, random: Random): Question => {
  const { shapes, listShare } = options;
  const { desk, key } = story;
  const code = desk.toUpperCase();
  const shape = random.below(shapes);
  if (random.chance(listShare)) {
    const section = random.chance(0.25) ? undefined : random.chance(0.5) ? story.section : random.pick(SECTIONS);
    const asked: Asked = { of: 'list', list: listName(desk, section ?? 'all') };
    const variables = section === undefined ? { code } : { code, path: section };
    return write({ asked, desk }, listDocument(section, shape), variables, random, options);
  }
  const form =
    story.id === undefined ? random.pick(['slug', 'url'] as const) : random.pick(['id', 'slug', 'url'] as const);
  const variables = {
    id: { id: story.id ?? '' },
    slug: { code, slug: story.slug },
    url: { url: story.address },
  }[form];
  return write(
    { asked: { of: 'article', article: key }, desk },
    articleDocument(form, shape),
    variables,
    random,
    options,
  );
};

const HEADLINE = /story ((?:en|es)-\d+) v(\d+)\./g;

/** An answer that is no answer of ours: its reason. */
export class UnreadableAnswerError extends Error {
  override readonly name = 'UnreadableAnswerError';
}

interface AnswerBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** @throws {UnreadableAnswerError} for an answer with errors: it shows nothing that could be true or not. */
export const parseShown = (asked: Asked, body: string): Shown => {
  const { data, errors } = JSON.parse(body) as AnswerBody;
  if (errors !== undefined || data === null || data === undefined)
    throw new UnreadableAnswerError(errors?.map((error) => error.extensions?.code ?? 'no code').join() ?? 'no data');
  // Wherever an article is named, it is named with its version: headline, standfirst and body have to agree with history.
  const named = [...body.matchAll(HEADLINE)].map(([, article = '', version]) => ({
    article,
    version: Number(version),
  }));
  const count = /"totalCount":(\d+)/.exec(body)?.[1];
  if (asked.of === 'article') return { articles: named, count: null };
  const distinct = new Map(named.map((shown) => [`${shown.article} ${shown.version}`, shown]));
  return { articles: [...distinct.values()], count: count === undefined ? null : Number(count) };
};
