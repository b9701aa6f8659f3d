import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '../../docs/examples/pagination/page-types.ts';

/** A graph with one list in it, which holds one article and says of every page after that that it is not the last. */
export interface EndlessGraph {
  readonly url: string;
  /** How often it was asked. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
}

const FIRST: Page = {
  edges: [
    {
      cursor: 'one',
      node: {
        id: 'art_en_one',
        headline: 'One',
        publishedAt: '2026-11-23T16:06:00+02:00',
        updatedAt: '2026-11-23T16:06:00+02:00',
      },
    },
  ],
  pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'one', endCursor: 'one' },
};

const EMPTY: Page = {
  edges: [],
  pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: null, endCursor: null },
};

const typed = ({ edges, pageInfo }: Page): object => ({
  __typename: 'ArticleConnection',
  edges: edges.map(({ cursor, node }) => ({
    __typename: 'ArticleEdge',
    cursor,
    node: { __typename: 'Article', ...node },
  })),
  pageInfo: { __typename: 'PageInfo', ...pageInfo },
});

/** Listens on a free port and answers every GET with a page of `Edition.articles`; `close` it in the end. */
export const startEndlessGraph = async (first: 'an article' | 'nothing'): Promise<EndlessGraph> => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const { searchParams } = new URL(request.url ?? '', 'http://graph.example');
    const { after } = JSON.parse(searchParams.get('variables') ?? '{}') as { after?: string | null };
    const isFirst = first === 'an article' && (after === null || after === undefined);
    const edition = { __typename: 'Edition', id: 'edn_en', articles: typed(isFirst ? FIRST : EMPTY) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { edition } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
