import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { beforeEach, afterEach, expect, it } from 'vitest';
import { followChanges } from '../../docs/examples/mirror/follow-changes.ts';
import { receiveWebhooks } from '../../docs/examples/mirror/receive-webhooks.ts';
import { openStoryFolder } from '../../docs/examples/mirror/story-folder.ts';
import { createSigningSecret } from '../../src/syndication/webhooks/sign-message.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { listenOn } from './listen-on.ts';

const TOKEN = 'a-token-of-sixteen-letters';
const secret = createSigningSecret();

let app: TestApp;
let key: string;
let url: string;
let path: string;
let id: string;
beforeEach(async () => {
  app = await createTestApp({ variables: { ADMIN_TOKEN: TOKEN, PROBE_SECONDS: '0' } });
  key = await addTestPartner(app.database, 'mirror');
  url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  path = mkdtempSync(join(tmpdir(), 'masthead-late-'));
  const [row] = await app.database.query<{ id: string }>(
    `SELECT id FROM articles WHERE edition = 'EN' AND slug = 'grain-corridor-talks-resume'`,
  );
  id = row?.id ?? '';
});
afterEach(async () => {
  await app.close();
  rmSync(path, { recursive: true });
});

const report = async (kind: 'KILL' | 'PUBLISH'): Promise<void> => {
  const answer = await app.server.inject({
    method: 'POST',
    url: '/changes',
    headers: { authorization: `Bearer ${TOKEN}` },
    payload: { id: crypto.randomUUID(), changes: [{ kind, articleId: id }] },
  });
  expect(answer.json()).toMatchObject({ gone: true });
};
const isThere = (): boolean => readdirSync(join(path, 'stories')).includes(`${id}.json`);

/** A mirror that has followed a story away and back; then the message that it is gone comes in, which was on its way for long. */
const hearLate = async (doubtSeconds: number) => {
  const folder = await openStoryFolder(path);
  const gateway = { url, key, edition: 'EN', doubtSeconds };
  const follow = () => followChanges(gateway, folder);
  const server = receiveWebhooks(secret, async ({ type, data }) => {
    if (type === 'article.killed' && data.articleId !== undefined) await folder.doubt(data.articleId);
    await follow();
  });
  const address = await listenOn(server);
  const tell = async (): Promise<number> => {
    const body = JSON.stringify({ type: 'article.killed', data: { id: 'chg_late', kind: 'KILL', articleId: id } });
    const at = new Date();
    const headers = {
      'webhook-id': 'chg_late',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('chg_late', at, body),
    };
    return (await fetch(address, { method: 'POST', headers, body })).status;
  };
  return { follow, tell };
};

it('a KILL that comes late takes nothing away that is there again', async () => {
  const { follow, tell } = await hearLate(0);
  await report('KILL');
  await report('PUBLISH');
  await follow();
  expect(isThere()).toBe(true);
  expect(await tell()).toBe(204);
  expect(isThere()).toBe(true);
  await report('KILL');
  expect(await tell()).toBe(204);
  expect([isThere(), readdirSync(join(path, 'doubted'))]).toEqual([false, []]);
}, 60_000);

it('a KILL whose change nobody has told of yet takes its story out of sight, and it is not asked for', async () => {
  const { follow, tell } = await hearLate(600);
  await follow();
  // As from a process that has not heard of it.
  expect(await tell()).toBe(204);
  expect([isThere(), readdirSync(join(path, 'doubted'))]).toEqual([false, [`${id}.json`]]);
  await report('KILL');
  await follow();
  expect(readdirSync(join(path, 'doubted'))).toEqual([]);
}, 60_000);
