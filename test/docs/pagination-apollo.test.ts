import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';
import { buildSchema, isAbstractType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchLatest } from '../../docs/examples/pagination/apollo-lists.ts';
import { createApolloClient } from '../../docs/examples/pagination/create-apollo-client.ts';
import { LATEST, SEARCH, SECTION } from '../../docs/examples/pagination/operations.ts';
import type {
  LatestData,
  LatestVariables,
  SearchData,
  SectionData,
} from '../../docs/examples/pagination/page-types.ts';
import { POSSIBLE_TYPES } from '../../docs/examples/pagination/possible-types.ts';
import { readSchemaText } from '../contracts/schema-text.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';
import { editHeadline } from './edit-article.ts';
import { startEndlessGraph } from './endless-graph.ts';
import { startMoodyGateway, type MoodyGateway } from './moody-lists.ts';
import { idsOf, readWholeList } from './whole-list.ts';

const typed = <Data>(text: string): TypedDocumentNode<Data, Readonly<Record<string, unknown>>> => gql(text);

let gateway: DemoGateway;
let away: DemoGateway;
let client: ApolloClient;
beforeAll(async () => {
  gateway = await startDemoGateway();
  away = await startDemoGateway('while the store of counters is away');
});
afterAll(() => Promise.all([gateway.close(), away.close()]));
beforeEach(() => {
  client = createApolloClient(`${gateway.url}/graphql`);
});

const open = (variables: Partial<LatestVariables>) => watchLatest(client, { edition: 'EN', first: 7, ...variables });

describe('the Apollo Client of the guide', () => {
  it('knows what every interface of the schema may be', () => {
    const schema = buildSchema(readSchemaText());
    const abstract = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type));
    const known = abstract
      .filter(({ name }) => !name.startsWith('__'))
      .map((type) => [
        type.name,
        schema
          .getPossibleTypes(type)
          .map(({ name }) => name)
          .toSorted(),
      ]);
    expect(POSSIBLE_TYPES).toEqual(Object.fromEntries(known));
  });

  it('has every article once and in order when all pages are read', async () => {
    const list = await open({});
    let pages = 1;
    while (await list.more()) pages += 1;
    const whole = await readWholeList(gateway.url);
    expect(idsOf(list.page())).toEqual(whole);
    expect(pages).toBe(Math.ceil(whole.length / 7));
    list.stop();
  });

  it('keeps lists of another filter or order apart', async () => {
    const opinions = { filter: { kinds: ['OPINION'] } };
    const oldest = { orderBy: 'PUBLISHED_ASC' } as const;
    const lists = [await open({}), await open(opinions), await open(oldest)] as const;
    for (const list of lists) await list.more();
    const [latest, opinion, old] = await Promise.all([
      readWholeList(gateway.url),
      readWholeList(gateway.url, opinions),
      readWholeList(gateway.url, oldest),
    ]);
    expect(idsOf(lists[0].page())).toEqual(latest.slice(0, 14));
    expect(idsOf(lists[1].page())).toEqual(opinion.slice(0, 14));
    expect(idsOf(lists[2].page())).toEqual(old.slice(0, 14));
    for (const list of lists) list.stop();
  });

  it('reads a list from its end to its beginning', async () => {
    const list = await watchLatest(client, { edition: 'EN', last: 7 });
    while (await list.before());
    expect(idsOf(list.page())).toEqual(await readWholeList(gateway.url));
    list.stop();
  });

  it('keeps a teaser apart that has a name of its own, and loses the rest of the list without one', async () => {
    const list = await open({});
    await list.more();
    const teaser = (connection: string) =>
      client.query({
        query: gql`query Teaser { edition(code: EN) { id articles(first: 3) ${connection} {
          edges { cursor node { id headline } } pageInfo { hasNextPage endCursor } } } }`,
        fetchPolicy: 'network-only',
      });
    await teaser('@connection(key: "teaser")');
    expect(idsOf(list.page())).toHaveLength(14);
    await teaser('');
    await vi.waitFor(() => expect(idsOf(list.page())).toHaveLength(3), { timeout: 15_000 });
    list.stop();
  });

  it('answers a plain query for the next page with the pages it has, and asks nobody', async () => {
    const list = await open({});
    const { endCursor } = list.page().pageInfo;
    const { data } = await client.query({
      query: typed<LatestData>(LATEST),
      variables: { edition: 'EN', first: 7, after: endCursor },
    });
    expect(idsOf(data?.edition?.articles)).toEqual(idsOf(list.page()));
    list.stop();
  });

  it('keeps of `nodes` the last page alone', async () => {
    const query = typed<{ edition: { articles: { nodes: object[]; pageInfo: { endCursor: string } } } }>(
      `query Nodes($after: String) { edition(code: EN) { id articles(first: 5, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } } }`,
    );
    const { data } = await client.query({ query, variables: {} });
    const after = data?.edition.articles.pageInfo.endCursor;
    await client.query({ query, variables: { after }, fetchPolicy: 'network-only' });
    const read = client.readQuery({ query, variables: {} });
    const whole = await readWholeList(gateway.url);
    expect(read?.edition.articles.nodes).toMatchObject(whole.slice(5, 10).map((id) => ({ id })));
  });

  it('pages through a section and a search by their own arguments', async () => {
    const section = await client.query({
      query: typed<SectionData>(SECTION),
      variables: { edition: 'EN', path: 'news', first: 4 },
    });
    const found = await client.query({
      query: typed<SearchData>(SEARCH),
      variables: { edition: 'EN', query: 'grain', first: 2 },
    });
    const endOfSection = section.data?.edition?.section?.articles?.pageInfo.endCursor;
    const endOfSearch = found.data?.edition?.search?.pageInfo.endCursor;
    await client.query({
      query: gql(SECTION),
      variables: { edition: 'EN', path: 'news', first: 4, after: endOfSection },
      fetchPolicy: 'network-only',
    });
    await client.query({
      query: gql(SEARCH),
      variables: { edition: 'EN', query: 'grain', first: 2, after: endOfSearch },
      fetchPolicy: 'network-only',
    });
    const whole = await readWholeList(gateway.url, { filter: { sectionPaths: ['news'] } });
    const joined = client.readQuery<SectionData>({
      query: gql(SECTION),
      variables: { edition: 'EN', path: 'news', first: 4 },
    });
    expect(idsOf(joined?.edition?.section?.articles)).toEqual(whole.slice(0, 8));
    const matches = client.readQuery<SearchData>({
      query: gql(SEARCH),
      variables: { edition: 'EN', query: 'grain', first: 2 },
    });
    expect(new Set(idsOf(matches?.edition?.search)).size).toBe(4);
  });

  it('shows an edit in every list that has the article', async () => {
    const list = await open({});
    const before = list.page().edges.find(({ node }) => node.headline.startsWith('Grain corridor'));
    expect(before).toBeDefined();
    await editHeadline(gateway, 'grain-corridor', 'The corridor opens');
    await client.query({
      query: gql(SECTION),
      variables: { edition: 'EN', path: 'news/politics', first: 10 },
      fetchPolicy: 'network-only',
    });
    const shown = () => list.page().edges.find(({ node }) => node.id === before?.node.id)?.node.headline;
    await vi.waitFor(() => expect(shown()).toBe('The corridor opens'), { timeout: 15_000 });
    list.stop();
  });

  it('adds up what queries ask of rights, article by article', async () => {
    const rightsOf = (fields: string) =>
      client.query({
        query: gql`query Rights { edition(code: EN) { id articles(first: 9) {
          edges { cursor node { id rights { ${fields} } } } pageInfo { hasNextPage endCursor } } } }`,
      });
    await rightsOf('syndication');
    await rightsOf('holder usageTerms');
    const both = typed<LatestData>(
      `query Both { edition(code: EN) { id articles(first: 9) {
        edges { cursor node { id rights { syndication holder } } } pageInfo { hasNextPage endCursor } } } }`,
    );
    const kept = client.readQuery({ query: both, variables: {} });
    const fresh = await createApolloClient(`${gateway.url}/graphql`).query({ query: both, variables: {} });
    expect(kept?.edition?.articles?.edges).toEqual(fresh.data?.edition?.articles?.edges);
  });

  it('keeps a page of which a field could not be read, and says which', async () => {
    const { data, error } = await createApolloClient(`${away.url}/graphql`).query({
      query: typed<{ edition: object }>('{ edition(code: EN) { id name trending(first: 2) { id } } }'),
      variables: {},
    });
    expect(data?.edition).toMatchObject({ name: 'Meridian English', trending: null });
    expect(error?.message).toBe('postgres failed');
  });

  it('gets a list of which a filter was an empty object as one of its own', async () => {
    await client.query({ query: gql(LATEST), variables: { edition: 'EN', first: 2, filter: {} } });
    expect(client.readQuery({ query: gql(LATEST), variables: { edition: 'EN', first: 2 } })).toBeNull();
  });
});

describe('the Apollo list of the guide', () => {
  let moody: MoodyGateway;
  beforeAll(async () => {
    moody = await startMoodyGateway();
  });
  afterAll(() => moody.close());
  beforeEach(() => {
    client = createApolloClient(`${moody.url}/graphql`);
    moody.cheerUp();
  });

  const lost = { errors: [{ path: ['edition', 'articles'], extensions: { code: 'STORE_FAILED' } }] };

  it('fails when its second page fails, after one further request, and goes on from there later', async () => {
    const list = await open({});
    moody.mood = 'further pages fail';
    await expect(list.more()).rejects.toMatchObject(lost);
    expect(moody.further()).toBe(1);
    expect(idsOf(list.page())).toHaveLength(7);
    moody.cheerUp();
    while (await list.more());
    expect(idsOf(list.page())).toEqual(await readWholeList(moody.url));
    list.stop();
  });

  it('fails when its first page fails', async () => {
    moody.mood = 'all fail';
    // A page that nobody has asked for yet: one that is kept would be served.
    await expect(open({ first: 8 })).rejects.toMatchObject(lost);
  });

  it.each([
    ['an article', ['art_en_one'], 2],
    ['nothing', [], 1],
  ] as const)('ends where no page says how to go on, begun with %s', async (first, ids, asked) => {
    const graph = await startEndlessGraph(first);
    onTestFinished(graph.close);
    const list = await watchLatest(createApolloClient(graph.url), { edition: 'EN', first: 7 });
    expect(await list.more()).toBe(false);
    expect(idsOf(list.page())).toEqual(ids);
    expect(graph.asked()).toBe(asked);
    list.stop();
  });
});
