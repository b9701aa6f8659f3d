import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { importDocuments } from '../../../src/ingest/import-documents.ts';
import { createGate, type Gate } from '../../support/gate.ts';
import { linesOf, testEditions } from '../../support/import-lines.ts';
import { articleLine, createIngestRig, sections, type IngestRig } from '../../support/ingest-rig.ts';
import { createTestDatabase } from '../../support/test-database.ts';

// Only a server has several connections: embedded, transactions go one after the other.
describe('two imports at once', () => {
  let database: Database;
  let rig: IngestRig;
  beforeEach(async () => {
    database = await createTestDatabase('postgres');
    rig = createIngestRig(database);
    await rig.run(sections);
  });
  afterEach(() => database.close());

  /** The same database, held at `gate` right after the statement that `pattern` matches. */
  const heldAt = (pattern: RegExp, gate: Gate): Database => ({
    ...database,
    transaction: (work, options) =>
      database.transaction(
        (transaction) =>
          work({
            query: async (text, values) => {
              const rows = await transaction.query(text, values);
              if (pattern.test(text)) await gate.pass();
              return rows as never;
            },
          }),
        options,
      ),
  });

  const importWith = (through: Database, lines: readonly unknown[]) =>
    importDocuments({ database: through, editions: testEditions, clock: rig.clock }, linesOf(lines), { source: 'cms' });

  const untilSomebodyWaits = async (): Promise<void> => {
    for (;;) {
      const waiting = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (waiting.length > 0) return;
    }
  };

  it('never loses the list in the middle of two moves', async () => {
    await rig.run([articleLine('1')]);
    await rig.takeOutbox();
    const gate = createGate();
    const first = importWith(heldAt(/FOR UPDATE/, gate), [articleLine('1', { section: 'news/economy' })]);
    await gate.reached;
    const second = importWith(database, [articleLine('1', { section: 'world' })]);
    await untilSomebodyWaits();
    gate.open();
    await Promise.all([first, second]);

    const [politics, economy, world] = await Promise.all(
      ['news/politics', 'news/economy', 'world'].map((name) => rig.idOf(name)),
    );
    const [one, two] = await rig.takeOutbox();
    expect(one?.tags).toEqual(expect.arrayContaining([`list:${politics}`, `list:${economy}`]));
    expect(two?.tags).toEqual(expect.arrayContaining([`list:${economy}`, `list:${world}`]));
    expect(two?.tags).not.toContain(`list:${politics}`);
    expect(await rig.article('1')).toMatchObject({ version: 3, section_ids: [world] });
  });

  it('waits for a writer that locks nothing but the row, and reads what that one left', async () => {
    await rig.run([articleLine('1')]);
    await rig.takeOutbox();
    const id = await rig.idOf('1');
    const economy = await rig.idOf('news/economy');
    let importing: Promise<unknown> | undefined;
    await database.transaction(async (transaction) => {
      await transaction.query('UPDATE articles SET version = 7 WHERE id = $1', [id]);
      await transaction.query(
        `INSERT INTO memberships SELECT $2, id, kind, published_at, updated_at FROM articles WHERE id = $1`,
        [id, economy],
      );
      importing = importWith(database, [articleLine('1', { section: 'world' })]);
      await untilSomebodyWaits();
    });
    await importing;
    const [change] = await rig.takeOutbox();
    expect(change).toMatchObject({ version: 8 });
    expect(change?.tags).toContain(`list:${economy}`);
  });

  it('makes one article and one tag of two that arrive together, and tells both', async () => {
    const gate = createGate();
    const tags = [{ slug: 'talks', name: 'Talks' }];
    const first = importWith(heldAt(/FROM unnest.*addresses/s, gate), [articleLine('1', { tags })]);
    await gate.reached;
    const second = importWith(database, [articleLine('1', { tags, section: 'world' })]);
    await untilSomebodyWaits();
    gate.open();
    expect(await Promise.all([first, second])).toMatchObject([{ imported: 1 }, { updated: 1 }]);
    const changes = (await rig.takeOutbox()).filter(({ article_id: id }) => id !== null);
    expect(changes.map(({ kind, version }) => [kind, version])).toEqual([
      ['PUBLISH', 1],
      ['UPDATE', 2],
    ]);
    expect(changes[1]?.tags).toContain(`list:${await rig.idOf('news/politics')}`);
    expect(await database.query('SELECT count(*) FROM tags')).toEqual([{ count: '1' }]);
  });

  it('gives a slug to the first of two articles that want it', async () => {
    const gate = createGate();
    const first = importWith(heldAt(/INSERT INTO articles/, gate), [articleLine('1', { slug: 'wanted' })]);
    await gate.reached;
    const second = importWith(database, [articleLine('2', { slug: 'wanted' })]);
    await untilSomebodyWaits();
    gate.open();
    await first;
    expect((await second).bad).toEqual([{ lineNumber: 1, reason: 'slug: "wanted" belongs to article "1"' }]);
  });

  it('does not keep editions waiting for each other', async () => {
    await rig.run([{ type: 'section', edition: 'ar', path: 'news', name: 'أخبار' }]);
    const gate = createGate();
    const english = importWith(heldAt(/FOR UPDATE/, gate), [articleLine('1')]);
    await gate.reached;
    expect(await importWith(database, [articleLine('2', { edition: 'ar', section: 'news' })])).toMatchObject({
      imported: 1,
    });
    gate.open();
    await english;
  });
});
