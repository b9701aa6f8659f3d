import type { Client } from '@urql/core';
import { buildSchema, introspectionFromSchema, isObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  createUrqlClient,
  EMBEDDED,
  type IntrospectedSchema,
} from '../../docs/examples/pagination/create-urql-client.ts';
import { LATEST, SEARCH, SECTION } from '../../docs/examples/pagination/operations.ts';
import type {
  LatestData,
  LatestVariables,
  Page,
  SearchData,
  SectionData,
} from '../../docs/examples/pagination/page-types.ts';
import { readPages } from '../../docs/examples/pagination/urql-lists.ts';
import { readSchemaText } from '../contracts/schema-text.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';
import { editHeadline } from './edit-article.ts';
import { startEndlessGraph } from './endless-graph.ts';
import { startMoodyGateway, type MoodyGateway } from './moody-lists.ts';
import { idsOf, readWholeList } from './whole-list.ts';

const schema = buildSchema(readSchemaText());
const introspected = introspectionFromSchema(schema) as unknown as IntrospectedSchema;

let gateway: DemoGateway;
let away: DemoGateway;
let client: Client;
beforeAll(async () => {
  gateway = await startDemoGateway();
  away = await startDemoGateway('while the store of counters is away');
});
afterAll(() => Promise.all([gateway.close(), away.close()]));
beforeEach(() => {
  client = createUrqlClient(`${gateway.url}/graphql`, introspected);
});

type Variables = Omit<LatestVariables, 'edition'>;

const latest = async (variables: Variables): Promise<Page | null | undefined> => {
  const { data, error } = await client.query<LatestData>(LATEST, { edition: 'EN', ...variables }).toPromise();
  if (error !== undefined) throw error;
  return data?.edition?.articles;
};

describe('the urql client of the guide', () => {
  it('knows of every type without an id that it has none', () => {
    const unkeyed = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith('__') && type.getFields()['id'] === undefined,
    );
    const names = unkeyed.map(({ name }) => name).filter((name) => name !== 'Query' && name !== 'Mutation');
    expect(EMBEDDED).toEqual(names.toSorted());
  });

  it('has every article once and in order when all pages are read', async () => {
    const whole = await readWholeList(gateway.url);
    expect(idsOf(await readPages(client, { edition: 'EN', first: 7 }))).toEqual(whole);
  });

  it('keeps lists of another filter or order apart', async () => {
    const opinions = { filter: { kinds: ['OPINION'] } };
    const oldest = { orderBy: 'PUBLISHED_ASC' } as const;
    for (const variables of [{}, opinions, oldest]) {
      const page = await latest({ first: 3, ...variables });
      await latest({ first: 3, after: page?.pageInfo.endCursor ?? null, ...variables });
    }
    for (const variables of [{}, opinions, oldest])
      expect(idsOf(await latest({ first: 3, ...variables }))).toEqual(
        (await readWholeList(gateway.url, variables)).slice(0, 6),
      );
  });

  it('reads a list from its end to its beginning', async () => {
    let page = await latest({ last: 7 });
    while (page?.pageInfo.hasPreviousPage === true) page = await latest({ last: 7, before: page.pageInfo.startCursor });
    expect(idsOf(page)).toEqual(await readWholeList(gateway.url));
  });

  it('joins a list read from its start with the same read from its end, whatever lies between; `filter: {}` parts them', async () => {
    await latest({ first: 3 });
    expect(idsOf(await latest({ last: 3 }))).toHaveLength(6);
    expect(idsOf(await latest({ last: 3, filter: {} }))).toHaveLength(3);
  });

  it('pages through a section and a search by their own arguments', async () => {
    const section = async (after: string | null) =>
      (await client.query<SectionData>(SECTION, { edition: 'EN', path: 'news', first: 4, after }).toPromise()).data
        ?.edition?.section?.articles;
    const search = async (after: string | null) =>
      (await client.query<SearchData>(SEARCH, { edition: 'EN', query: 'grain', first: 2, after }).toPromise()).data
        ?.edition?.search;
    const sectionEnd = (await section(null))?.pageInfo.endCursor ?? null;
    const searchEnd = (await search(null))?.pageInfo.endCursor ?? null;
    const whole = await readWholeList(gateway.url, { filter: { sectionPaths: ['news'] } });
    expect(idsOf(await section(sectionEnd))).toEqual(whole.slice(0, 8));
    expect(new Set(idsOf(await search(searchEnd))).size).toBe(4);
  });

  it('keeps a page of which a field could not be read, and says which', async () => {
    const { data, error } = await createUrqlClient(`${away.url}/graphql`, introspected)
      .query('query Page { edition(code: EN) { id name trending(first: 2) { id } } }', {})
      .toPromise();
    expect(data).toMatchObject({ edition: { name: 'Meridian English', trending: null } });
    expect(error?.graphQLErrors.map(({ extensions }) => extensions['code'])).toEqual(['STORE_FAILED']);
  });

  it('shows an edit in every list that has the article', async () => {
    const before = (await latest({ first: 7 }))?.edges.find(({ node }) => node.headline.startsWith('Grain corridor'));
    expect(before).toBeDefined();
    await editHeadline(gateway, 'grain-corridor', 'The corridor opens');
    await client
      .query(SECTION, { edition: 'EN', path: 'news/politics', first: 10 }, { requestPolicy: 'network-only' })
      .toPromise();
    const after = (await latest({ first: 7 }))?.edges.find(({ node }) => node.id === before?.node.id);
    expect(after?.node.headline).toBe('The corridor opens');
  });
});

describe('the urql list of the guide', () => {
  let moody: MoodyGateway;
  beforeAll(async () => {
    moody = await startMoodyGateway();
  });
  afterAll(() => moody.close());
  beforeEach(() => {
    client = createUrqlClient(`${moody.url}/graphql`, introspected);
    moody.cheerUp();
  });

  const read = (first = 7) => readPages(client, { edition: 'EN', first });
  const lost = { graphQLErrors: [{ path: ['edition', 'articles'], extensions: { code: 'STORE_FAILED' } }] };

  it('fails when its second page fails, after one further request, and is whole when asked again', async () => {
    moody.mood = 'further pages fail';
    await expect(read()).rejects.toMatchObject(lost);
    expect(moody.further()).toBe(1);
    moody.cheerUp();
    expect(idsOf(await read())).toEqual(await readWholeList(moody.url));
  });

  it('fails when its first page fails', async () => {
    moody.mood = 'all fail';
    // A page that nobody has asked for yet: one that is kept would be served.
    await expect(read(8)).rejects.toMatchObject(lost);
    expect(moody.further()).toBe(0);
  });

  it('fails when nobody answers', async () => {
    const nowhere = await startEndlessGraph('nothing');
    await nowhere.close();
    client = createUrqlClient(nowhere.url, introspected);
    await expect(read()).rejects.toMatchObject({ networkError: expect.any(Error) });
  });

  it.each([
    ['an article', ['art_en_one'], 2],
    ['nothing', [], 1],
  ] as const)('ends where no page says how to go on, begun with %s', async (first, ids, asked) => {
    const graph = await startEndlessGraph(first);
    onTestFinished(graph.close);
    const page = await readPages(createUrqlClient(graph.url, introspected), { edition: 'EN', first: 7 });
    expect(idsOf(page)).toEqual(ids);
    expect(page?.pageInfo.hasNextPage).toBe(true);
    expect(graph.asked()).toBe(asked);
  });
});
