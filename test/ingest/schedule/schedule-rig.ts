import type { Clock } from '../../../src/clock.ts';
import type { Database } from '../../../src/database/database.ts';
import { createScheduler, type SchedulerOptions } from '../../../src/ingest/schedule/scheduler.ts';
import { articleLine, createIngestRig, RIG_START, sections, type IngestRig } from '../../support/ingest-rig.ts';
import type { Told } from '../../support/time-faults.ts';

/** RFC 3339, `seconds` after the rig began. */
export const inSeconds = (seconds: number): string => new Date(RIG_START + seconds * 1000).toISOString();

/** The milliseconds `inSeconds` names. */
export const atSeconds = (seconds: number): number => RIG_START + seconds * 1000;

/** What is asked of a scheduler. */
export interface Ticker {
  tick(): Promise<number>;
}

/** Makes a scheduler as a process does: nothing but the database outlives it. */
export type TickerOf = (database: Database, clock: Clock) => Ticker;

export const createTicker: TickerOf = (database, clock) => createScheduler({ database, clock });

export interface ScheduleRig extends IngestRig {
  /** A scheduler of another process. */
  scheduler(options?: Partial<SchedulerOptions>): Ticker;
  /** Imports a story that was published before the rig began, unless `fields` say otherwise; what it tells is dropped. */
  write(sourceId: string, fields?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Takes what has been told since, in its order. */
  takeTold(): Promise<readonly Told[]>;
  /** `1 09:00:10`: the story and the time of day of what stands on the schedule. */
  schedule(): Promise<readonly string[]>;
}

/** A newsroom on a clock that stands still, without its schedule: that is the test's to run. Empties `database`. */
export const createScheduleRig = async (database: Database): Promise<ScheduleRig> => {
  await database.query(
    `TRUNCATE sections, tags, authors, articles, memberships, boundaries, addresses, live_streams, outbox, schedule,
       tombstones`,
  );
  const rig = createIngestRig(database);
  await rig.run(sections);
  await rig.takeOutbox();
  return {
    ...rig,
    scheduler: (options = {}) => createScheduler({ database, clock: rig.clock, ...options }),
    async write(sourceId, fields = {}) {
      const { bad } = await rig.run([articleLine(sourceId, fields)]);
      if (bad[0] !== undefined) throw new Error(bad[0].reason);
      await database.query('DELETE FROM outbox WHERE occurred_at = $1', [new Date(rig.clock.now())]);
    },
    async takeTold() {
      const rows = await database.query<{ story: string; kind: string; occurred_at: Date }>(
        `SELECT a.source_id AS story, o.kind, o.occurred_at FROM outbox o JOIN articles a ON a.id = o.article_id ORDER BY o.id`,
      );
      await database.query('DELETE FROM outbox');
      return rows.map(({ story, kind, occurred_at }) => ({
        story,
        kind,
        at: occurred_at.getTime(),
        toldAt: rig.clock.now(),
      }));
    },
    async schedule() {
      const rows = await database.query<{ story: string; at: Date }>(
        'SELECT a.source_id AS story, s.at FROM schedule s JOIN articles a ON a.id = s.article_id ORDER BY s.at, 1',
      );
      return rows.map(({ story, at }) => `${story} ${at.toISOString().slice(11, 19)}`);
    },
  };
};
