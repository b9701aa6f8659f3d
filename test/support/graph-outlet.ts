import { buildSchema } from 'graphql';
import { createHandler } from 'graphql-http';
import { parse } from 'yaml';
import type { Clock } from '../../src/clock.ts';
import { createStoreSchema } from '../../src/config/store-schema.ts';
import type { GraphqlStore } from '../../src/config/stores.ts';
import { createHttpClient } from '../../src/outbound/http-client.ts';
import type { ContentSource } from '../../src/stores/content-source.ts';
import { createGraphqlSource } from '../../src/stores/graphql/graphql-source.ts';
import { startChaosServer, type ChaosServer } from './chaos-server.ts';

/** A story as the outlet keeps it. */
export interface OutletStory {
  readonly id: number;
  readonly slug: string;
  readonly title: string | null;
  readonly state?: 'live' | 'draft';
  readonly dates: { readonly first: string; readonly saved: string };
  readonly [field: string]: unknown;
}

/** What a story has when nothing else is said. */
export const outletStory = (id: number, fields: Partial<OutletStory> = {}): OutletStory => ({
  id,
  slug: `historia-${id}`,
  title: `Historia ${id}`,
  state: 'live',
  kind: 'news',
  dates: { first: '2026-11-20T08:00:00Z', saved: `2026-11-20T09:${String(id % 60).padStart(2, '0')}:00.250Z` },
  sections: [{ path: 'mundo' }],
  text: `<p>Texto de ${id}.</p>`,
  ...fields,
});

const SCHEMA = buildSchema(`
  type Query {
    node(ids: [ID!]!): [Story]!
    desks: [Desk!]!
    topics: [Topic!]!
    people: [Person!]!
    stream: Stream
    saved(since: String!, after: ID): Page!
    all(after: ID): Page!
  }
  type Page { nodes: [Story!]! last: ID more: Boolean! }
  type Dates { first: String! saved: String! }
  type Desk { path: String! name: String! region: Boolean }
  type Topic { slug: String! label: String! }
  type Person { slug: String! name: String! portrait: Picture }
  type Stream { title: String! page: String! since: String }
  type Picture { src: String alt: String legend: String by: String width: Int height: Int sizes: [Size!] }
  type Size { src: String! width: Int! height: Int! }
  type Note { text: String! at: String! }
  type Agency { name: String! kind: String }
  type Story {
    id: ID! slug: String! title: String state: String! kind: String lead: String text: String! signature: String dates: Dates!
    sections: [Desk!] topics: [Topic!] people: [Person!] picture: Picture gallery: [Picture!] notes: [Note!] agencies: [Agency!]
    licence: String group: String urgent: Boolean moved: [String!]
  }
`);

/** The documents and the mapping of the outlet, as its configuration has them. */
export const OUTLET_STORE = `
documents:
  stories: |
    query Stories($ids: [ID!]!, $withHtml: Boolean!) { node(ids: $ids) { ...Story text @include(if: $withHtml) } }
    fragment Story on Story {
      id slug title state kind lead signature dates { first saved } sections { path } topics { slug } people { slug }
      picture { src alt legend by width height sizes { src width height } } gallery { src alt }
      notes { text at } agencies { name kind } licence group urgent moved
    }
  taxonomy: |
    { desks { path name region } topics { slug label } people { slug name portrait { src } } stream { title page since } }
  savedSince: |
    query ($since: String!, $after: ID) { saved(since: $since, after: $after) { nodes { id dates { saved } } last more } }
  inventory: |
    query ($after: ID) { all(after: $after) { nodes { id dates { saved } } last more } }
fields:
  stories:
    each: node
    id: id
    published: { path: state, map: { live: true } }
    kind: { path: kind, map: { news: NEWS, column: OPINION, photos: GALLERY } }
    slug: slug
    headline: title
    standfirst: lead
    byline: signature
    publishedAt: dates.first
    modifiedAt: dates.saved
    sections: { path: sections.path, default: mundo }
    tags: topics.slug
    authors: people.slug
    lead:
      { path: picture, url: src, alt: alt, caption: legend, credit: by, width: width, height: height,
        renditions: { each: sizes, url: src, width: width, height: height } }
    media: { path: gallery, url: src, alt: alt }
    html: text
    corrections: { each: notes, text: text, correctedAt: at }
    sources: { each: agencies, name: name, kind: { path: kind, map: { wire: AGENCY } } }
    rights: { syndication: { path: licence, map: { free: FULL, short: EXCERPT } }, holder: { value: El Faro } }
    breaking: urgent
    formerAddresses: moved
    translationGroup: group
  taxonomy:
    sections: { each: desks, path: path, name: name, kind: { path: region, map: { "true": REGION } } }
    tags: { each: topics, slug: slug, name: label }
    authors: { each: people, slug: slug, name: name, avatar: { path: portrait, url: src } }
    live: { path: stream, title: title, url: page, startedAt: since }
  savedSince: { each: saved.nodes, id: id, modifiedAt: dates.saved, next: saved.last, hasMore: saved.more }
  inventory: { each: all.nodes, id: id, modifiedAt: dates.saved, next: all.last, hasMore: all.more }
`;

export const OUTLET_TOKEN = 'sesame-token';

/** Another GraphQL API that holds an outlet's stories; it can be told to fail. */
export interface GraphOutlet extends Pick<ChaosServer, 'behave' | 'takeRequests' | 'close' | 'url'> {
  readonly stories: Map<number, OutletStory>;
  save(...stories: readonly OutletStory[]): void;
  /** How it is named in a configuration file, indented to stand under its name. */
  readonly yaml: string;
}

const PAGE_SIZE = 3;

const pageOf = (all: readonly OutletStory[], after: string | null | undefined) => {
  const start = after === null || after === undefined ? 0 : all.findIndex(({ id }) => String(id) === after) + 1;
  const nodes = all.slice(start, start + PAGE_SIZE);
  return { nodes, last: nodes.at(-1)?.id ?? null, more: start + PAGE_SIZE < all.length };
};

/** An outlet over graphql-http, empty but for its sections. Only who has the token is answered. */
export const startGraphOutlet = async (): Promise<GraphOutlet> => {
  const stories = new Map<number, OutletStory>();
  const live = () => [...stories.values()].filter(({ state }) => state !== 'draft');
  const handler = createHandler({
    schema: SCHEMA,
    rootValue: {
      node: ({ ids }: { ids: readonly string[] }) => ids.map((id) => stories.get(Number(id)) ?? null),
      desks: () => [
        { path: 'mundo/siria', name: 'Siria', region: true },
        { path: 'mundo', name: 'Mundo' },
      ],
      topics: () => [
        { slug: 'agua', label: 'Agua' },
        { slug: 'luz', label: 'Luz' },
      ],
      people: () => [{ slug: 'ana', name: 'Ana Ruiz', portrait: { src: 'https://img.example/ana.jpg' } }],
      stream: () => ({ title: 'En vivo', page: 'https://vivo.example/', since: null }),
      saved: ({ since, after }: { since: string; after?: string | null }) =>
        pageOf(
          live()
            .filter(({ dates }) => dates.saved >= since)
            .toSorted((a, b) => (a.dates.saved < b.dates.saved ? -1 : 1)),
          after,
        ),
      all: ({ after }: { after?: string | null }) =>
        pageOf(
          live().toSorted((a, b) => a.id - b.id),
          after,
        ),
    },
  });
  const server = await startChaosServer(async ({ method, url, headers, body }) => {
    if (headers.authorization !== `Bearer ${OUTLET_TOKEN}`)
      return { status: 401, body: JSON.stringify({ errors: [{ message: `${headers.authorization} may not` }] }) };
    const [text, { status, headers: sent }] = await handler({
      method,
      url,
      headers,
      body,
      raw: null,
      context: null,
    });
    return { status, headers: sent as Record<string, string>, body: text ?? '' };
  });
  const settings = `kind: graphql\nurl: ${server.url}\nheaders: { authorization: "Bearer ${OUTLET_TOKEN}" }\n${OUTLET_STORE}`;
  return {
    ...server,
    stories,
    save: (...saved) => saved.forEach((story) => stories.set(story.id, story)),
    yaml: settings.replaceAll(/^(?=.)/gm, '    '),
  };
};

/** Settings of a store from the YAML that would stand under its name. */
export const graphStoreOf = (yaml: string): GraphqlStore => {
  const setting = createStoreSchema('.').parse(parse(yaml));
  if (setting.kind !== 'graphql') throw new TypeError('It is a store of another kind');
  return { ...setting, name: 'outlet', editions: ['ES'], source: setting.source ?? 'outlet' };
};

/** The source of an outlet as the gateway would make it. */
export const sourceOf = (
  { yaml }: Pick<GraphOutlet, 'yaml'>,
  { clock, ...changed }: { readonly clock: Clock } & Partial<GraphqlStore>,
): ContentSource => createGraphqlSource({ ...graphStoreOf(yaml), ...changed, clock, http: createHttpClient() });
