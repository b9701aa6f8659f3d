import { afterEach, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import type { Database } from '../../src/database/database.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createRecordingLogger } from '../http/recording-logger.ts';
import { linesOf } from '../support/import-lines.ts';
import { writeArticles } from '../support/content-rows.ts';
import { articleLine, sections } from '../support/ingest-rig.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';

let app: App | undefined;
let database: Database | undefined;
afterEach(async () => {
  await app?.close();
  await database?.close();
});

const valueOf = (figures: string, name: string): number =>
  Number(new RegExp(`^${name} (.+)$`, 'm').exec(figures)?.[1] ?? Number.NaN);

describe('a gateway that runs', () => {
  it("goes by the database's clock when it is given none, and says how well it knows it", async () => {
    const metrics = createMetrics();
    database = await createTestDatabase('postgres');
    app = await createApp(createTestConfig({ HOST: '127.0.0.1' }), database, { metrics });
    expect(await metrics.registry.metrics()).toContain('masthead_clock_uncertainty_seconds +Inf');
    await app.start();
    const figures = await metrics.registry.metrics();
    expect(valueOf(figures, 'masthead_clock_uncertainty_seconds')).toBeLessThan(2);
    // One machine: its own clock is the database's.
    expect(Math.abs(valueOf(figures, 'masthead_clock_skew_seconds'))).toBeLessThan(2);
  });

  it('announces what comes due by itself, and counts it', async () => {
    const clock = createWoundClock(Date.UTC(2026, 10, 23, 12));
    const metrics = createMetrics();
    const opened = await createTestDatabase('postgres');
    database = opened;
    const config = createTestConfig({ HOST: '127.0.0.1' });
    app = await createApp(config, opened, { clock, metrics });
    await app.start();
    await importDocuments(
      { database: opened, editions: config.editions, clock },
      linesOf([...sections, articleLine('due', { publishedAt: '2026-11-23T12:00:05Z' })]),
      { source: 'cms' },
    );
    const { promise, resolve } = Promise.withResolvers<void>();
    const lookForIt = async (): Promise<void> => {
      const rows = await opened.query(`SELECT FROM change_log WHERE occurred_at = '2026-11-23T12:00:05Z'`);
      if (rows.length > 0) resolve();
    };
    const stop = await opened.listen('changes', () => void lookForIt());
    clock.wind(5_000);
    await promise;
    await stop();
    // What was committed is heard of before whoever committed it is told.
    await expect
      .poll(() => metrics.registry.metrics(), { timeout: 10_000 })
      .toContain('masthead_schedule_announced_total{kind="PUBLISH"} 1');
  });

  it('says what it is that cannot be put together, and keeps the rest of the house', async () => {
    const log = createRecordingLogger();
    const metrics = createMetrics();
    database = await createTestDatabase('postgres');
    await database.query(`DROP TABLE held_versions; UPDATE housekeeping SET done_at = now() - interval '2 hours'`);
    app = await createApp(createTestConfig({ HOST: '127.0.0.1' }), database, { metrics, logger: log.logger });
    const kept = log.next('removed what nobody can ask for any more');
    await app.start();
    await kept;
    const failed = log.lines.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(failed).toEqual(['what partners were given cannot be put together: it is kept, and tried again in an hour']);
    expect(await metrics.registry.metrics()).toContain('masthead_schedule_failures_total 0');
  });

  it('marks the lists that an earlier release has written', async () => {
    const opened = await createTestDatabase('postgres');
    database = opened;
    await writeArticles(opened, [{ key: 'old', publishedAt: Date.UTC(2026, 10, 23, 12), tags: ['a'] }]);
    await opened.query('UPDATE memberships SET marks = NULL');
    app = await createApp(createTestConfig({ HOST: '127.0.0.1' }), opened);
    await app.start();
    await expect
      .poll(() => opened.query('SELECT FROM memberships WHERE marks IS NULL'), { timeout: 15_000 })
      .toEqual([]);
  });

  it('says that lists cannot be marked', async () => {
    const log = createRecordingLogger();
    database = await createTestDatabase('postgres');
    await database.query('ALTER TABLE memberships RENAME COLUMN marks TO gone');
    const failed = log.next('lists cannot say what their articles are weighed by: it is looked up');
    app = await createApp(createTestConfig({ HOST: '127.0.0.1' }), database, { logger: log.logger });
    await app.start();
    await failed;
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});
