import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { followChanges } from '../../docs/examples/mirror/follow-changes.ts';
import { openStoryFolder } from '../../docs/examples/mirror/story-folder.ts';
import { startHandServer } from '../outbound/hand-server.ts';

it('a mirror whose budget is used up asks again when it was told to', async () => {
  let asked = 0;
  const server = await startHandServer((_, response) => {
    asked += 1;
    const isRefused = asked === 1;
    response.writeHead(isRefused ? 429 : 200, { 'content-type': 'application/json', 'retry-after': '0' });
    const page = { cursor: 'c1', edges: [], pageInfo: { hasNextPage: false } };
    const refusal = [{ message: 'Quota exhausted', extensions: { code: 'BUDGET_EXHAUSTED' } }];
    response.end(JSON.stringify(isRefused ? { errors: refusal } : { data: { changes: page } }));
  });
  const path = mkdtempSync(join(tmpdir(), 'masthead-mirror-'));
  onTestFinished(async () => {
    await server.close();
    rmSync(path, { recursive: true });
  });
  const folder = await openStoryFolder(path);
  await followChanges({ url: server.url, key: 'k', edition: 'EN' }, folder);
  expect(asked).toBe(2);
  expect(await folder.readCursor()).toBe('c1');
});
