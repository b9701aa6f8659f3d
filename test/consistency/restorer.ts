import { setTimeout as pause } from 'node:timers/promises';
import { createChangeLog } from '../../src/changes/change-log.ts';
import type { Database, Queryable } from '../../src/database/database.ts';
import { again } from './again.ts';
import { headlineOf, type Story } from './newsroom.ts';
import type { Writers } from './writers.ts';

/** Loses the log, or what it says. */
export interface Restorer {
  /** As `masthead log new-epoch`. */
  replaceEpoch(): Promise<void>;
  /**
   * As a restored backup does: the log ends where it ended a while ago, leases are those of then, and every story says
   * something that nobody has read. Afterwards everything is announced anew.
   *
   * @param isTold whether the operator replaces the epoch, as the guide says; otherwise followers have to notice, and
   *   nothing is written until they have.
   */
  restore(isTold: boolean): Promise<void>;
  /** Remembers how far the log has come: a backup to be restored. */
  backUp(): Promise<void>;
}

export interface RestorerOptions {
  readonly database: Database;
  readonly writers: Writers;
  readonly stories: readonly Story[];
  readonly degradedSeconds: number;
}

interface Backup {
  readonly sequence: number;
  readonly lives: readonly string[];
}

export const createRestorer = ({ database, writers, stories, degradedSeconds }: RestorerOptions): Restorer => {
  const log = createChangeLog(database);
  let backup: Backup | undefined;

  const head = () => again(log.head);

  const rewind = async ({ sequence, lives }: Backup): Promise<readonly (readonly [Story, number])[]> => {
    const visible = stories.filter(({ isHidden }) => !isHidden);
    const versions = visible.map((story) => [story, story.version] as const);
    const told = versions.map(([story, before]) => {
      const version = writers.begin(story);
      return {
        story,
        version,
        text: { key: story.key, before: headlineOf(story.key, before), after: headlineOf(story.key, version) },
      };
    });
    const rewindIn = async (transaction: Queryable): Promise<void> => {
      await transaction.query('SELECT sequence FROM change_log_head FOR UPDATE');
      await transaction.query('DELETE FROM change_log WHERE sequence > $1', [sequence]);
      await transaction.query('DELETE FROM outbox');
      // The table of tombstones is taken to be of the backup: what is left of the log says nothing else.
      await transaction.query('UPDATE change_log SET tombstone = NULL');
      await transaction.query('DELETE FROM leases WHERE NOT life = ANY ($1::uuid[])', [lives]);
      await transaction.query('DELETE FROM lapsed');
      await transaction.query('UPDATE change_log_head SET sequence = $1', [sequence]);
      await transaction.query(
        `UPDATE articles a SET headline = replace(headline, t.before, t.after), standfirst = replace(standfirst, t.before, t.after),
                body = replace(body::text, t.before, t.after)::jsonb, content_digest = ''
           FROM json_to_recordset($1::json) AS t (key text, before text, after text) WHERE a.source_id = t.key`,
        [JSON.stringify(told.map(({ text }) => text))],
      );
      // Nobody's connection outlives the server that is replaced.
      await transaction.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user AND client_port IS NOT NULL`,
      );
    };
    await again(() => database.transaction(rewindIn));
    return told.map(({ story, version }) => [story, version]);
  };

  /** As the command does, which knows how long a process may go on that this database knows nothing of. */
  const replaceEpoch = async (): Promise<void> => {
    const replace: (old: string, degradedSeconds?: number) => Promise<string> = log.replaceEpoch;
    const { epoch } = await head();
    await again(() => replace(epoch, degradedSeconds));
  };

  return {
    replaceEpoch,
    async backUp() {
      const leases = await again(() => database.query<{ life: string }>('SELECT life FROM leases'));
      backup = { sequence: (await head()).sequence, lives: leases.map(({ life }) => life) };
    },
    async restore(isTold) {
      const restored = backup;
      if (restored === undefined) return;
      let told: readonly (readonly [Story, number])[] = [];
      await writers.alone(async () => {
        const { epoch } = await head();
        told = await rewind(restored);
        // What the operator is told to do after a restore, before anybody is let in.
        if (isTold) await replaceEpoch();
        const bound = performance.now() + NOTICED_MS;
        while ((await head()).epoch === epoch && performance.now() < bound) await pause(20);
        for (const [story, version] of told) writers.committed(story, version);
      });
      await Promise.all(told.map(([story, version]) => writers.announce(story, version, 'UPDATE')));
    },
  };
};

/** Followers read the log every quarter of a second, some are cut off, and connections were lost. */
const NOTICED_MS = 30_000;
