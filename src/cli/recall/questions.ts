import type { Caller } from '../../content/caller.ts';
import { encodePath } from '../../content/slug.ts';
import { encodeDeltaCursor } from '../../syndication/deltas/delta-cursor.ts';
import type { Kill } from '../../syndication/recall/load-kill.ts';
import type { Subject } from './load-subject.ts';

/** Something that is asked of a gateway, to see that an article is gone. */
export interface Question {
  /** What is looked at, for people. */
  readonly name: string;
  /** Under the gateway's address; asked by GET. */
  readonly path: string;
  /** Whether an answer of 200 shows nothing of it; throws: it is no answer. */
  readonly isGone: (body: string) => boolean;
  /** Whether a gateway may serve nothing there: a section, an edition, a cursor of long ago. Not the graph itself. */
  readonly mayBeMissing: boolean;
}

/** What cursors need that begin right before the KILL. */
export interface DeltaStart {
  readonly kill: Kill;
  readonly cursorKey: string;
}

/** By their codes alone: what stands in a message may have come from anywhere. */
const codesIn = (body: string): string =>
  [...new Set(Array.from(body.matchAll(/"code":"([A-Z_]{1,40})"/g), ([, code]) => code))].join(', ');

const graphql = (name: string, query: string, isGone: Question['isGone']): Question => ({
  name,
  path: `/graphql?query=${encodeURIComponent(query.replaceAll(/\s+/g, ' ').trim())}`,
  mayBeMissing: false,
  isGone: (body) => {
    if ('errors' in (JSON.parse(body) as object)) throw new Error(`an answer with errors: ${codesIn(body)}`);
    return isGone(body);
  },
});

/** A text as GraphQL writes it. */
const text = (value: string): string => JSON.stringify(value);

const PAGE_LIMIT = 100;
const QUERY_LIMIT = 200;

interface CountedPage {
  readonly data: {
    readonly edition: { readonly articles: { readonly totalCount: number | null; readonly nodes: readonly unknown[] } };
  };
}

/** Whether a list that fits on a page counts what it shows. */
const isCountExact = (body: string): boolean => {
  const { totalCount, nodes } = (JSON.parse(body) as CountedPage).data.edition.articles;
  return nodes.length === PAGE_LIMIT || totalCount === nodes.length;
};

/** What feeds say of stories that were taken back is not the story: they name it so that it is dropped. */
const WITHOUT_WITHDRAWALS: Readonly<Record<string, (body: string) => string>> = {
  rss: (body) => body,
  atom: (body) => body.replaceAll(/<at:deleted-entry\b.*?<\/at:deleted-entry>/gs, ''),
  json: (body) => JSON.stringify((JSON.parse(body) as { readonly items: readonly unknown[] }).items),
  ninjs: (body) =>
    JSON.stringify(
      (JSON.parse(body) as readonly { readonly pubStatus?: string }[]).filter(
        ({ pubStatus }) => pubStatus !== 'canceled',
      ),
    ),
};

const askGraph = ({ id, edition: { code }, known }: Subject): readonly Question[] => {
  const isUnnamed = (body: string): boolean => !body.includes(id);
  const within = (name: string, fields: string, isGone = isUnnamed): Question =>
    graphql(name, `{ edition(code: ${code}) { ${fields} } }`, isGone);
  const byId = graphql('article(id)', `{ article(id: ${text(id)}) { headline } }`, (body) =>
    body.includes('"article":null'),
  );
  const list = within('list', `articles(first: ${PAGE_LIMIT}) { nodes { id } }`);
  if (known === null) return [byId, list];
  const { slug, url, headline, publishedAt, sectionPath } = known;
  const second = Math.floor(publishedAt / 1000) * 1000;
  const [from, to] = [second, second + 1000].map((at) => text(new Date(at).toISOString()));
  const words = [...headline.normalize('NFC')].slice(0, QUERY_LIMIT).join('').trim();
  return [
    byId,
    within('article(slug)', `article(slug: ${text(slug)}) { id }`),
    graphql('articleByUrl', `{ articleByUrl(url: ${text(url)}) { id } }`, isUnnamed),
    list,
    within(
      'list and count of its second',
      `articles(first: ${PAGE_LIMIT}, filter: { publishedAfter: ${from}, publishedBefore: ${to} }) { totalCount nodes { id } }`,
      (body) => isUnnamed(body) && isCountExact(body),
    ),
    // A search for nothing is refused, by any gateway.
    ...(words === ''
      ? []
      : [within('search', `search(query: ${text(words)}, first: ${PAGE_LIMIT}) { totalCount nodes { id } }`)]),
    ...(sectionPath === null
      ? []
      : [
          within(
            'list of its section',
            `section(path: ${text(sectionPath)}) { articles(first: ${PAGE_LIMIT}) { nodes { id } } }`,
          ),
        ]),
  ];
};

/** Whether a story of a feed stands at `url`. In the text of another it may be linked to: that is the other's, and shows nothing. */
const namesAddress = (feed: string, url: string): boolean =>
  [`<link>${url}</link>`, `href="${url}"/>`, `:"${url}"`].some((said) => feed.includes(said));

const askFeeds = ({ id, edition: { code }, known }: Subject): readonly Question[] => {
  const base = `/feeds/${code.toLowerCase()}`;
  const section = known?.sectionPath ?? null;
  return Object.entries(WITHOUT_WITHDRAWALS).flatMap(([format, strip]) => {
    const isGone = (body: string): boolean => {
      const left = strip(body);
      return !left.includes(id) && (known === null || !namesAddress(left, known.url));
    };
    const whole = { name: `feed.${format}`, path: `${base}.${format}`, isGone, mayBeMissing: true };
    return section === null
      ? [whole]
      : [whole, { ...whole, name: `feed of its section.${format}`, path: `${base}/${encodePath(section)}.${format}` }];
  });
};

/** The minute that it was published in is a part by itself, whatever the parts are that the sitemap names. */
const askSitemaps = ({ edition: { code }, known }: Subject): readonly Question[] => {
  if (known === null) return [];
  const { url, publishedAt } = known;
  const base = `/sitemaps/${code.toLowerCase()}`;
  const minute = new Date(publishedAt).toISOString().slice(0, 16).replace(':', '-');
  const isGone = (body: string): boolean => !body.includes(`<loc>${url.replaceAll('&', '&amp;')}</loc>`);
  return ['', '-news', `-${minute}`].map((part) => ({
    name: `sitemap${part === `-${minute}` ? ' of its minute' : part}`,
    path: `${base}${part}.xml`,
    isGone,
    mayBeMissing: true,
  }));
};

/** From right before the KILL: nothing but that may be told of it. */
const askDeltas = (
  { id, edition: { code } }: Subject,
  { audience, partner }: Caller,
  { kill, cursorKey }: DeltaStart,
): Question => {
  const place = { epoch: kill.epoch, editions: [code], holder: partner?.id ?? null, audience, at: kill.sequence - 1 };
  const cursor = encodeDeltaCursor({ ...place, floor: null, givenAt: kill.occurredAt, passage: null }, cursorKey);
  return {
    name: 'delta',
    path: `/changes?editions=${code}&first=1&after=${cursor}`,
    mayBeMissing: true,
    isGone: (body) =>
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly articleId?: string; readonly kind?: string })
        .every(({ articleId, kind }) => articleId !== id || kind === 'KILL'),
  };
};

/** Everything that is asked as `caller`: article, addresses, lists, counts, search, feeds, sitemaps, deltas. */
export const questionsAbout = (
  subject: Subject,
  caller: Caller,
  start: DeltaStart | undefined,
): readonly Question[] => [
  ...askGraph(subject),
  ...askFeeds(subject),
  ...(caller.partner === null ? askSitemaps(subject) : []),
  ...(start === undefined ? [] : [askDeltas(subject, caller, start)]),
];
