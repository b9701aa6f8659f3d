import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '../../../src/clock.ts';
import { createHttpClient } from '../../../src/outbound/http-client.ts';
import type { ContentSource } from '../../../src/stores/content-source.ts';
import { createWordPressSource, type WordPressSourceOptions } from '../../../src/stores/wordpress/wordpress-source.ts';
import { startHandServer, type HandServer } from '../../outbound/hand-server.ts';

/** A row as WordPress sends it. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: number };

/** What a site holds; a test may change it between two questions. */
export interface Holdings {
  posts: readonly Row[];
  categories: readonly Row[];
  tags: readonly Row[];
  users: readonly Row[];
  media: readonly Row[];
}

export interface RestDouble extends HandServer {
  readonly holdings: Holdings;
  /** Of every question, in order: the route and its parameters. */
  readonly asked: readonly URL[];
  /** The routes since it was last asked, in order, without parameters. */
  routes(): readonly string[];
  source(options?: Partial<WordPressSourceOptions>): ContentSource;
}

const isHolding = (name: string, holdings: Holdings): name is keyof Holdings => Object.hasOwn(holdings, name);

const listOf = (given: readonly Row[], query: URLSearchParams, posts: readonly Row[]): readonly Row[] => {
  const rows = shuffle(given, Number(query.get('offset') ?? 0));
  const include = query.get('include')?.split(',').map(Number);
  const after = query.get('modified_after');
  const before = query.get('modified_before');
  const statuses = query.get('status')?.split(',');
  const published = posts.filter(({ status }) => status === 'publish').map(({ author }) => author);
  // Ids as numbers of equal length sort as times do.
  const keyOf = (row: Row): string =>
    query.get('orderby') === 'modified' ? String(row['modified']) : String(row.id).padStart(9, '0');
  return rows
    .filter((row) => include === undefined || include.includes(row.id))
    .filter((row) => statuses === undefined || statuses.includes(String(row['status'])))
    .filter(({ id }) => query.get('has_published_posts') !== 'post' || published.includes(id))
    .filter((row) => after === null || String(row['modified']) > after.replace('.000Z', ''))
    .filter((row) => before === null || String(row['modified']) < before)
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))));
};

/** Rows of one key, in no order anybody may count on: another for each page, as databases do it. */
const shuffle = (rows: readonly Row[], offset: number): readonly Row[] =>
  rows.toSorted((a, b) => ((a.id * 7919 + offset) % 97) - ((b.id * 7919 + offset) % 97));

/** Answers as the REST API of WordPress does what the gateway asks of it; its wall clock shows UTC. */
export const startRestDouble = async (given: Partial<Holdings>): Promise<RestDouble> => {
  const holdings: Holdings = { posts: [], categories: [], tags: [], users: [], media: [], ...given };
  const asked: URL[] = [];
  let told = 0;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://double');
    asked.push(url);
    const name = url.pathname.replace('/wp-json/wp/v2/', '');
    const rows = isHolding(name, holdings) ? listOf(holdings[name], url.searchParams, holdings.posts) : [];
    const offset = Number(url.searchParams.get('offset') ?? 0);
    const page = rows.slice(offset, offset + Number(url.searchParams.get('per_page') ?? 10));
    response.setHeader('content-type', 'application/json; charset=UTF-8');
    response.setHeader('x-wp-total', rows.length);
    // What a user may not see is counted and left out.
    response.end(JSON.stringify(page.filter((row) => row['isHidden'] !== true)));
  };

  const server = await startHandServer(answer);
  return {
    ...server,
    holdings,
    asked,
    routes() {
      const routes = asked.slice(told).map(({ pathname }) => pathname.replace('/wp-json/wp/v2/', ''));
      told = asked.length;
      return routes;
    },
    source: (options) =>
      createWordPressSource({
        name: 'desk',
        url: `${server.url}/wp-json`,
        credentials: { user: 'gateway', applicationPassword: 'abcd efgh' },
        http: createHttpClient(),
        clock: systemClock,
        ...options,
      }),
  };
};

/** A post as a user with rights is told of it. */
export const postRow = (id: number, fields: Readonly<Record<string, unknown>> = {}): Row => ({
  id,
  status: 'publish',
  slug: `story-${id}`,
  date_gmt: '2026-11-01T08:00:00',
  modified: '2026-11-01T09:00:00',
  modified_gmt: '2026-11-01T09:00:00',
  title: { rendered: `Story ${id}` },
  excerpt: { raw: '', protected: false },
  content: { rendered: '<p>Body</p>', protected: false },
  author: 2,
  featured_media: 0,
  format: 'standard',
  categories: [1],
  tags: [],
  meta: [],
  ...fields,
});

export const categoryRow = (id: number, slug: string, fields: Readonly<Record<string, unknown>> = {}): Row => ({
  id,
  slug,
  name: slug,
  description: '',
  parent: 0,
  meta: [],
  ...fields,
});

export const tagRow = (id: number, slug: string, fields: Readonly<Record<string, unknown>> = {}): Row => ({
  id,
  slug,
  name: slug,
  meta: [],
  ...fields,
});

export const userRow = (id: number, slug: string, fields: Readonly<Record<string, unknown>> = {}): Row => ({
  id,
  slug,
  name: slug,
  description: '',
  avatar_urls: { 96: 'https://secure.gravatar.com/avatar/x' },
  meta: [],
  ...fields,
});
