import { systemClock } from '../../../src/clock.ts';
import { ANONYMOUS } from '../../../src/content/caller.ts';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { createAddressGuard } from '../../../src/outbound/address-guard.ts';
import { createGuardedHttpClient } from '../../../src/outbound/guarded-http-client.ts';
import { loadSecrets } from '../../../src/syndication/webhooks/endpoint-register.ts';
import type { ToldChange } from '../../../src/syndication/webhooks/message.ts';
import { createWebhookSender } from '../../../src/syndication/webhooks/webhook-sender.ts';

/** A process that sends what stands in the table `hand_deltas` of the database that is its one argument, until it is killed. */
const database = createPostgresDatabase({ url: process.argv[2] ?? '', maxConnections: 4 });
const sender = createWebhookSender({
  database,
  clock: systemClock,
  random: () => 0,
  pollMs: 50,
  http: createGuardedHttpClient({ guard: createAddressGuard([{ address: '127.0.0.1', prefix: 32, family: 'ipv4' }]) }),
  isReady: () => true,
  callerOf: async () => ANONYMOUS,
  async readChanges({ after, first }) {
    const rows = await database.query<{ sequence: number; change: ToldChange }>(
      'SELECT sequence, change FROM hand_deltas WHERE sequence > $1 ORDER BY sequence LIMIT $2',
      [Number(after ?? 0), Math.min(first, 7)],
    );
    const changes = rows.map(({ sequence, change }) => ({ cursor: String(sequence), change }));
    return { changes, cursor: changes.at(-1)?.cursor ?? after ?? '0', hasMore: rows.length === Math.min(first, 7) };
  },
  describe: async (_, articleId) => ({ url: `https://news.example/${articleId}`, content: { id: articleId } }),
  secretsOf: (id, now) => loadSecrets(database, id, now),
  onSent: () => undefined,
  onTried: () => undefined,
  onRestart: () => undefined,
  onFailure: (error) => console.error(error),
});
sender.start();
// Nor does it outlive whoever started it.
process.stdin.resume().once('end', () => process.exit());
