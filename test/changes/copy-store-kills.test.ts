import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import { copyStoreLog } from '../../src/changes/copy-store-log.ts';
import { idOf, type ArticleId } from '../../src/content/ids.ts';
import { manifestOf, type Manifest } from '../../src/content/manifest.ts';
import type { Database } from '../../src/database/database.ts';
import { createIntake } from '../../src/ingest/intake.ts';
import { saveDeliveries } from '../../src/partners/deliveries/save-deliveries.ts';
import { loadKill } from '../../src/syndication/recall/load-kill.ts';
import { articleLine, createIngestRig, sections } from '../support/ingest-rig.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';
import { emptyLog } from './empty-log.ts';

const NOW = Date.UTC(2026, 10, 29, 12);

describe.each(databaseKinds)('a copy of a store’s log that is begun anew, %s', (kind) => {
  const stands = idOf.article('EN', 'cms', 'a');
  const unknown = idOf.article('EN', 'elsewhere', 'x');
  const other = idOf.article('ES', 'elsewhere', 'x');
  let from: Database;
  let to: Database;
  beforeAll(async () => {
    [from, to] = await Promise.all([createTestDatabase('postgres'), createTestDatabase(kind)]);
    await createIngestRig(from).run([...sections, articleLine('a')]);
  });
  beforeEach(async () => {
    await emptyLog(to);
    await to.query('TRUNCATE store_places, deliveries, manifests');
  });
  afterAll(async () => {
    await from.close();
    await to.close();
  });

  const copy = (source = from) =>
    copyStoreLog({ store: 'desk', editions: ['EN'], from: source, to, degradedSeconds: 0 });
  const give = async (id: ArticleId): Promise<void> => {
    const manifest = manifestOf([[id, 1, 2]]) as Manifest;
    const when = { first_at: NOW, last_at: NOW, times: 1 };
    const row = { partner_id: 'radio', via: 'query', digest: manifest.digest, ...when } as const;
    await saveDeliveries(to, { deliveries: [row], manifests: [manifest] });
  };
  const report = async (id: string, reported: 'KILL' | 'PUBLISH', ids: readonly ArticleId[]): Promise<void> => {
    const reports = ids.map((articleId) => {
      const edition = articleId === other ? 'ES' : 'EN';
      return { kind: reported, articleId, edition } as const;
    });
    await createAppender({ database: to }).append(id, await createIntake(to).mapReports(reports), NOW);
  };
  const killsOf = (id: string) =>
    to.query(
      `SELECT before ->> 'isHidden' AS "wasHidden", after ->> 'isHidden' AS "isHidden", recalled FROM deltas
        WHERE article_id = $1 AND kind = 'KILL' ORDER BY sequence`,
      [id],
    );

  it('goes on telling of what was taken down here', async () => {
    await copy();
    for (const id of [stands, unknown]) await give(id);
    await report('kill', 'KILL', [stands, unknown, other]);
    const before = await loadKill(to, stands);
    // As after a weekend: what happened there meanwhile is known to nobody.
    await from.query('UPDATE change_log_head SET sequence = sequence + 9, trimmed_to = sequence + 5');
    await copy();
    expect(await killsOf(stands)).toEqual([{ wasHidden: 'false', isHidden: 'true', recalled: { radio: 1 } }]);
    expect(await killsOf(unknown)).toEqual([{ wasHidden: null, isHidden: null, recalled: { radio: 1 } }]);
    expect(await killsOf(other)).toHaveLength(1);
    const kill = await loadKill(to, stands);
    expect(kill?.occurredAt).toBe(before?.occurredAt);
    expect(kill?.epoch).not.toBe(before?.epoch);
    const [head] = await to.query<{ isLast: boolean }>(
      `SELECT h.sequence = (SELECT max(sequence) FROM change_log) AS "isLast" FROM change_log_head h`,
    );
    expect(head?.isLast).toBe(true);
  });

  it('tells of all that lies, a few in each statement', async () => {
    const ids = Array.from({ length: 60 }, (_, place) => idOf.article('EN', 'elsewhere', `${place}`));
    await report('kill', 'KILL', ids);
    await copy();
    const told = await to.query<{ id: string }>(
      `SELECT article_id AS id FROM change_log WHERE sequence > 60 ORDER BY sequence`,
    );
    expect(told.map(({ id }) => id)).toEqual(ids.toSorted());
    expect(await to.query(`SELECT sequence::integer FROM change_log_head`)).toEqual([{ sequence: 120 }]);
  });

  // The embedded database does one thing at a time.
  it.runIf(kind === 'postgres')('holds up no order while it reads a slow store', async () => {
    await give(unknown);
    await report('kill', 'KILL', [unknown]);
    const gate = createGate();
    const copying = copy({
      ...from,
      async query(sql, values) {
        if (sql.includes('row_to_json')) await gate.pass();
        return from.query(sql, values);
      },
    });
    await gate.reached;
    await report('lift', 'PUBLISH', [unknown]);
    gate.open();
    await copying;
    expect(await killsOf(unknown)).toEqual([]);
    expect(await to.query('SELECT FROM tombstones')).toEqual([]);
  });
});
