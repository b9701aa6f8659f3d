import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { addEndpoint } from '../../../src/syndication/webhooks/endpoint-register.ts';
import type { ToldChange } from '../../../src/syndication/webhooks/message.ts';
import { bodyOf, startHandServer } from '../../outbound/hand-server.ts';
import { createRandom } from '../../support/create-random.ts';
import { createPostgresTestUrl } from '../../support/test-database.ts';
import { articleOf } from './webhook-rig.ts';

const PROCESS = join(import.meta.dirname, 'sender-process.ts');
const ARTICLES = 6;
const VERSIONS = 12;
const KILLS = 15;

it('survives kill -9 at any point: everything is told, each article in order', { timeout: 120_000 }, async () => {
  const { url, drop } = await createPostgresTestUrl();
  const database = createPostgresDatabase({ url, maxConnections: 2 });
  const random = createRandom(7);
  let child: ChildProcess | undefined;
  /** Versions that the receiver took, by article. */
  const taken = new Map<string, Set<number>>();
  const outOfOrder: string[] = [];
  let repeats = 0;
  let kills = 0;
  let untilKill = 1;
  const done = Promise.withResolvers<void>();

  let isDying = false;

  const begin = (): void => {
    child = spawn(process.execPath, [PROCESS, url], { stdio: ['pipe', 'ignore', 'inherit'] });
  };
  const killAndBegin = async (): Promise<void> => {
    const dead = child as ChildProcess;
    const exit = once(dead, 'exit');
    dead.kill('SIGKILL');
    await exit;
    kills += 1;
    // Its hold ends by itself after half a minute.
    await database.query('UPDATE webhook_endpoints SET owned_until = clock_timestamp()');
    isDying = false;
    begin();
  };
  const receiver = await startHandServer(async (request, response) => {
    const { data } = JSON.parse(await bodyOf(request)) as { data: ToldChange };
    const versions = taken.get(data.articleId) ?? new Set<number>();
    taken.set(data.articleId, versions);
    // What comes before must have been taken by then, whoever of the dead knew of it.
    for (let earlier = 1; earlier < data.version; earlier += 1)
      if (!versions.has(earlier)) outOfOrder.push(`${data.articleId} v${data.version} before v${earlier}`);
    untilKill -= 1;
    const isLast = !isDying && kills < KILLS && untilKill <= 0;
    if (isLast) {
      isDying = true;
      untilKill = 1 + Math.floor(random() * 6);
    }
    // Before the answer or right behind it: then it was taken, and the sender does not know.
    const isTaken = !isLast || random() < 0.5;
    if (isTaken && versions.has(data.version)) repeats += 1;
    if (isTaken) versions.add(data.version);
    if (isTaken) response.writeHead(204).end();
    if (isLast) await killAndBegin();
    if (kills >= KILLS && [...taken.values()].reduce((sum, { size }) => sum + size, 0) === ARTICLES * VERSIONS)
      done.resolve();
  });
  onTestFinished(async () => {
    child?.kill('SIGKILL');
    await receiver.close();
    await database.close();
    await drop();
  });

  await database.query('CREATE TABLE hand_deltas (sequence integer PRIMARY KEY, change jsonb NOT NULL)');
  const changes = Array.from({ length: ARTICLES * VERSIONS }, (_, index): ToldChange => {
    const name = `story-${index % ARTICLES}`;
    return {
      id: `chg_${index + 1}`,
      kind: 'UPDATE',
      articleId: articleOf(name),
      url: `https://news.example/en/${name}`,
      edition: 'EN',
      occurredAt: Date.now(),
      version: 1 + Math.floor(index / ARTICLES),
    };
  });
  await database.query(
    `INSERT INTO hand_deltas SELECT c.place, c.value FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS c (value, place)`,
    [JSON.stringify(changes)],
  );
  await addEndpoint(database, { partnerId: 'radio', url: receiver.url, editions: [], isFromStart: true }, Date.now());
  begin();
  await done.promise;

  expect(kills).toBe(KILLS);
  expect(outOfOrder).toEqual([]);
  for (const versions of taken.values()) expect(versions.size).toBe(VERSIONS);
  // The deaths were at moments that matter.
  expect(repeats).toBeGreaterThan(0);
});
