import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/import-command.ts';
import { openImport, type ImportRequest } from '../../src/cli/open-import.ts';
import type { Database } from '../../src/database/database.ts';
import { testEditions } from '../support/import-lines.ts';
import { articleLine, RIG_START, sections } from '../support/ingest-rig.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';

describe('masthead import', () => {
  let database: Database;
  let folder: string;
  beforeEach(async () => {
    database = await createTestDatabase('postgres');
    folder = mkdtempSync(join(tmpdir(), 'masthead-import-'));
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (lines: readonly unknown[], request: Partial<ImportRequest> = {}, bar?: Writable) => {
    const file = join(folder, 'content.ndjson');
    writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    const out: string[] = [];
    const err: string[] = [];
    const exitStatus = await runImport(
      { database, editions: testEditions, clock: createWoundClock(RIG_START) },
      await openImport({ file, source: 'cms', strict: false, ...request }, testEditions),
      { out: (line) => out.push(line), err: (line) => err.push(line), ...(bar === undefined ? {} : { bar }) },
    );
    return { exitStatus, out, err };
  };

  it('says what it did and ends with 0', async () => {
    expect(await run([...sections, articleLine('1')])).toEqual({
      exitStatus: 0,
      out: ['5 new, 0 updated, 0 unchanged'],
      err: [],
    });
    expect(await run([...sections, articleLine('1', { headline: 'x' })])).toMatchObject({
      out: ['0 new, 1 updated, 4 unchanged'],
    });
  });

  it('names the bad lines on standard error and ends with 1', async () => {
    expect(await run([...sections, 'x', articleLine('1'), articleLine('2', { section: 'nowhere' })])).toEqual({
      exitStatus: 1,
      out: ['5 new, 0 updated, 0 unchanged, 2 bad lines skipped'],
      err: [
        expect.stringMatching(/^line 5: not JSON: /) as string,
        'line 7: edition en has no section "nowhere" (a line of type section must come before)',
      ],
    });
  });

  it('imports nothing of a strict import with a bad line, whether it shows at first sight or not', async () => {
    expect(await run([...sections, 'x'], { strict: true })).toMatchObject({
      exitStatus: 1,
      out: [],
      err: [expect.stringMatching(/^line 5: /) as string, 'Nothing was imported: 1 of 5 lines are bad'],
    });
    expect(await run([...sections, articleLine('2', { section: 'nowhere' })], { strict: true })).toMatchObject({
      exitStatus: 1,
      err: [expect.stringMatching(/^line 5: /) as string, 'Nothing was imported: 1 of 5 lines are bad'],
    });
    expect(await database.query('SELECT * FROM sections')).toEqual([]);
  });

  it('says how many bad lines it does not list', async () => {
    const { err } = await run(Array.from({ length: 130 }, () => 'x'));
    expect(err).toHaveLength(101);
    expect(err.at(-1)).toBe('and 30 more bad lines');
  });

  it('does not let a file command the terminal', async () => {
    const { err } = await run([
      articleLine('1', { section: 'a\u001b]0;x\u202eb' }),
      articleLine('1', { edition: '\u001b[2J' }),
    ]);
    expect(['\u001b', '\u202e'].filter((letter) => err.join('').includes(letter))).toEqual([]);
    expect(err).toHaveLength(2);
  });

  it('draws a bar on a terminal that reaches its end', async () => {
    let drawn = '';
    const terminal = Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          drawn += String(chunk);
          done();
        },
      }),
      { isTTY: true, columns: 200 },
    );
    await run([...sections, articleLine('1')], {}, terminal);
    expect(drawn).toMatch(/writing \[.*\] 100% \| line 5 \| 5 new, 0 updated, 0 bad/);
  });

  it('refuses what is no file in one line, before anything is read', async () => {
    await expect(run([], { file: join(folder, 'absent') })).rejects.toThrow(/absent cannot be read$/);
    await expect(run([], { file: folder })).rejects.toThrow(/is a directory, not a file of NDJSON$/);
  });

  it('says what stays when the database goes away on the way', async () => {
    await database.query('ALTER TABLE outbox RENAME TO outbox_away');
    await expect(run(sections)).rejects.toThrow(
      'The import stopped: postgres failed. 0 documents are in; import the file again to go on.',
    );
    await expect(run(sections, { strict: true })).rejects.toThrow(
      'The import stopped: postgres failed. Nothing was imported.',
    );
  });
});
