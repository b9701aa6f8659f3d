import { setTimeout as pause } from 'node:timers/promises';
import type { StoryFolder } from './story-folder.ts';

export interface Gateway {
  /** Such as `https://gateway.example`. */
  readonly url: string;
  /** The partner's key. */
  readonly key: string;
  /** Such as `EN`. */
  readonly edition: string;
}

interface Page {
  readonly cursor: string;
  readonly edges: readonly { readonly node: { readonly articleId: string; readonly article: object | null } }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

interface Answer {
  readonly data?: { readonly changes: Page | null } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const QUERY = `query Follow($editions: [EditionCode!], $after: String) {
  changes(editions: $editions, first: 100, after: $after) {
    cursor
    edges {
      node { articleId article { id url version headline standfirst excerpt bodyText publishedAt rights { syndication } } }
    }
    pageInfo { hasNextPage }
  }
}`;

/** Waits for as long as the gateway asks whoever has used up its budget to wait, and asks again. */
const ask = async (gateway: Gateway, after: string | null): Promise<Answer> => {
  const { url, key, edition } = gateway;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: QUERY, variables: { editions: [edition], after } }),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as Answer;
  if (answer.errors?.some(({ extensions }) => extensions?.code === 'BUDGET_EXHAUSTED') !== true) return answer;
  await pause(1_000 * Number(response.headers.get('retry-after') ?? 1));
  return ask(gateway, after);
};

/** Takes over everything that happened since the folder's cursor. Killed anywhere, it does a little of it again. */
export const followChanges = async (gateway: Gateway, folder: StoryFolder): Promise<void> => {
  for (;;) {
    const cursor = await folder.readCursor();
    // What is there without a cursor was left by a kill, and nobody knows what became of it.
    if (cursor === null) await folder.drop();
    const { data, errors = [] } = await ask(gateway, cursor);
    if (errors.some(({ extensions }) => extensions?.code === 'CURSOR_EXPIRED')) {
      await folder.drop();
      continue;
    }
    const page = data?.changes;
    if (page == null || errors.length > 0) throw new Error(errors[0]?.message ?? 'The gateway gave no changes');
    for (const { node } of page.edges)
      await (node.article === null ? folder.remove(node.articleId) : folder.save(node.articleId, node.article));
    // Last: until then what was taken over is taken over again.
    await folder.saveCursor(page.cursor);
    if (!page.pageInfo.hasNextPage) return;
  }
};
