import { describe, expect, it, onTestFinished } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import { runReceipt } from '../../src/cli/recall/receipt-command.ts';
import type { Receipt } from '../../src/cli/recall/receipt.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import { hear } from '../cli/hear.ts';
import { createTestApp } from '../support/test-app.ts';

const ADMIN_TOKEN = 'a-token-of-this-test';
const LIST = '{ edition(code: EN) { articles(first: 1) { nodes { id } } } }';

interface Listed {
  readonly data: { readonly edition: { readonly articles: { readonly nodes: readonly { readonly id: ArticleId }[] } } };
}

describe('an article that its publishing system kills', () => {
  it('is gone by its receipt, counts included, though its store still has it', async () => {
    const app = await createTestApp({ variables: { PROBE_SECONDS: '0', ADMIN_TOKEN, PORT: '1' } });
    onTestFinished(() => app.close());
    const { database, config } = app;
    await app.changes.step();
    const listed = await app.server.inject({ url: `/graphql?query=${encodeURIComponent(LIST)}` });
    const page: Listed = listed.json();
    const id = page.data.edition.articles.nodes[0]?.id as ArticleId;
    const killed = await app.server.inject({
      method: 'POST',
      url: '/changes',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      payload: { id: 'kill-1', changes: [{ kind: 'KILL', articleId: id }] },
    });
    expect(killed.json()).toMatchObject({ gone: true });
    const standing = 'SELECT FROM articles WHERE id = $1 AND withdrawn_at IS NULL';
    expect(await database.query(standing, [id])).toHaveLength(1);

    const terminal = hear();
    const dependencies = { config, database, appender: createAppender({ database }) };
    const exitStatus = await runReceipt(dependencies, { id, json: true, followSeconds: 0, urls: [] }, terminal);
    const { reads, order, kill, unreached, ...rest } = JSON.parse(terminal.said.join('\n')) as Receipt;
    expect(reads.flatMap((place) => place.reads.filter(({ outcome }) => outcome !== 'gone'))).toEqual([]);
    expect({ exitStatus, order, ...rest }).toMatchObject({ exitStatus: 0, order: null, isGone: true, partners: [] });
    expect(kill?.changeId).toMatch(/^chg_/);
    expect(unreached).toEqual(['http://127.0.0.1:1']);
  }, 30_000);
});
