import { setTimeout as pause } from 'node:timers/promises';
import type { StoryFolder } from './story-folder.ts';

export interface Gateway {
  /** Such as `https://gateway.example`. */
  readonly url: string;
  /** The partner's key. */
  readonly key: string;
  /** Such as `EN`. */
  readonly edition: string;
  /** How long one of its processes may answer from before a change, at most: its `DEGRADED_SECONDS`, twice. Default: 600. */
  readonly doubtSeconds?: number;
}

interface Page {
  readonly cursor: string;
  readonly edges: readonly { readonly node: { readonly articleId: string; readonly article: object | null } }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

interface Answer {
  readonly data?: { readonly changes?: Page | null; readonly article?: object | null } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const STORY = '{ id url version headline standfirst excerpt bodyText publishedAt rights { syndication } }';
const CHANGES = `query Follow($editions: [EditionCode!], $after: String) {
  changes(editions: $editions, first: 100, after: $after) {
    cursor
    edges { node { articleId article ${STORY} } }
    pageInfo { hasNextPage }
  }
}`;
const ARTICLE = `query Settle($id: ID!) { article(id: $id) ${STORY} }`;

/** Waits for as long as the gateway asks whoever has used up its budget to wait, and asks again. */
const ask = async ({ url, key }: Pick<Gateway, 'url' | 'key'>, query: string, variables: object): Promise<Answer> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as Answer;
  if (answer.errors?.some(({ extensions }) => extensions?.code === 'BUDGET_EXHAUSTED') !== true) return answer;
  await pause(1_000 * Number(response.headers.get('retry-after') ?? 1));
  return ask({ url, key }, query, variables);
};

/**
 * Asks for what a message said is gone and no change did: the message may have been late, and the story be there again, from before the
 * cursor. Not at once: a process that has not heard of the change yet would give it back.
 */
const settleDoubts = async (gateway: Gateway, folder: StoryFolder): Promise<void> => {
  for (const id of await folder.doubts((gateway.doubtSeconds ?? 600) * 1_000)) {
    const { data, errors = [] } = await ask(gateway, ARTICLE, { id });
    if (data?.article === undefined || errors.length > 0)
      throw new Error(errors[0]?.message ?? 'The gateway gave no answer');
    await (data.article === null ? folder.remove(id) : folder.save(id, data.article));
  }
};

/** Takes over everything that happened since the folder's cursor. Killed anywhere, it does a little of it again. */
export const followChanges = async (gateway: Gateway, folder: StoryFolder): Promise<void> => {
  for (;;) {
    const cursor = await folder.readCursor();
    // What is there without a cursor was left by a kill, and nobody knows what became of it.
    if (cursor === null) await folder.drop();
    const { data, errors = [] } = await ask(gateway, CHANGES, { editions: [gateway.edition], after: cursor });
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
    if (!page.pageInfo.hasNextPage) return await settleDoubts(gateway, folder);
  }
};
