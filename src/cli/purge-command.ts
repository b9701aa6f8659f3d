import type { Appender } from '../changes/appender.ts';
import { readDatabaseClock } from '../changes/read-database-clock.ts';
import type { Instant } from '../clock.ts';
import type { Edition } from '../content/edition.ts';
import { parseCacheTag, type ParsedCacheTag } from '../content/parse-cache-tag.ts';
import { mapTagPurge } from '../ingest/intake.ts';
import { MAX_TAGS } from '../ingest/intake/change-request.ts';
import { appendByHand, awaitEverywhere } from './await-everywhere.ts';
import { CommandError } from './command-error.ts';
import { readConfig } from './configure.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { openCommandAppender } from './open-command-appender.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** What `masthead purge` was told. */
export interface PurgeRequest {
  readonly tags: readonly string[];
  /** Whether the old may be served for a moment while the new is made. */
  readonly soft: boolean;
}

/** @throws {CommandError} naming every tag that is none. */
const parseTags = (tags: readonly string[], editions: readonly Edition[]): readonly ParsedCacheTag[] => {
  const served = new Set(editions.map(({ code }) => code));
  const parsed = tags.map((text) => ({ text, tag: parseCacheTag(text) }));
  const problems = parsed.flatMap(({ text, tag }) => {
    if (tag === null) return [`${JSON.stringify(text)} is no tag: docs/changes.md lists them`];
    return served.has(tag.edition) ? [] : [`${JSON.stringify(text)} is of no edition that is served here`];
  });
  if (parsed.length > MAX_TAGS) problems.push(`${parsed.length} tags are more than ${MAX_TAGS}`);
  if (problems.length > 0) throw new CommandError(problems.join('\n'), EXIT.badUsage);
  return parsed.flatMap(({ tag }) => (tag === null ? [] : [tag]));
};

/** Records that whatever read `tags` is to end, waits until it has ended everywhere, and says so. */
export const runPurge = async (
  appender: Appender,
  { tags, isSoft, now }: { readonly tags: readonly ParsedCacheTag[]; readonly isSoft: boolean; readonly now: Instant },
  terminal: Terminal,
): Promise<ExitStatus> => {
  const appended = await appendByHand(appender, [mapTagPurge({ tags, isSoft })], now);
  if (!isSoft) return await awaitEverywhere(appender, appended, terminal);
  terminal.out(`Recorded as change ${appended.sequence}: the old may be served for SOFT_SECONDS while the new is made`);
  return EXIT.done;
};

/** `masthead purge TAG…`: ends every answer that carries one of the tags. */
export const purgeCommand = async ({ tags, soft }: PurgeRequest, terminal: Terminal): Promise<ExitStatus> => {
  // Before a database is opened, or started, for nothing.
  const parsed = parseTags(tags, readConfig().editions);
  return await withDatabase(terminal, async (database, config) => {
    const now = (await readDatabaseClock(database)).now();
    return await runPurge(await openCommandAppender(config, database), { tags: parsed, isSoft: soft, now }, terminal);
  });
};
