import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/import-command.ts';
import { openImport, type ImportRequest } from '../../src/cli/open-import.ts';
import type { Database } from '../../src/database/database.ts';
import { testEditions } from '../support/import-lines.ts';
import { RIG_START } from '../support/ingest-rig.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { hear } from './hear.ts';

const item = (id: number, rest = ''): string =>
  `<item><guid isPermaLink="false">${id}</guid><title>سفينة ${id}</title><pubDate>Fri, 20 Nov 2026 08:0${id}:00 +0200</pubDate>` +
  `<category>شحن</category><description>&lt;p&gt;وصلت السفينة.&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;</description>${rest}</item>`;
const feed = (items: string, language = '<language>ar</language>'): string =>
  `<rss version="2.0"><channel><title>المرفأ</title>${language}${items}</channel></rss>`;

describe('masthead import of ninjs and feeds', () => {
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

  const run = async (content: string, request: Partial<ImportRequest> = {}, name = 'file') => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const terminal = hear();
    const opened = await openImport({ file, source: 'harbour', strict: false, ...request }, testEditions);
    const dependencies = { database, editions: testEditions, clock: createWoundClock(RIG_START) };
    const exitStatus = await runImport(dependencies, opened, terminal);
    return { exitStatus, out: terminal.said.map((line) => line.replace(file, name)), err: terminal.complained };
  };
  const count = async (): Promise<unknown> =>
    (await database.query('SELECT count(*)::integer AS count FROM articles'))[0];

  it('says what the file is, what became of every field, and what it did', async () => {
    expect(await run(feed(`${item(1, '<comments>x</comments>')}${item(2)}`), { section: 'أخبار/مرفأ' })).toEqual({
      exitStatus: 0,
      out: [
        'file is RSS 2.0: 2 items',
        'mapped: rss@version → which feed it is (1)',
        'mapped: rss/channel/title → sources.name (1)',
        'mapped: rss/channel/language → language (1)',
        'mapped: item/guid@isPermaLink → whether guid is a link (2)',
        'mapped: item/guid → sourceId (2)',
        'mapped: item/title → headline (2)',
        'mapped: item/pubDate → publishedAt (2)',
        'mapped: item/category → tag (2)',
        'mapped: item/description → html (2)',
        'dropped: item/comments (1)',
        '4 new, 0 updated, 0 unchanged',
      ],
      err: [],
    });
    const rows = await database.query('SELECT edition, headline, path, body_text FROM articles ORDER BY source_id');
    expect(rows).toMatchObject([
      {
        edition: 'AR',
        headline: 'سفينة 1',
        body_text: 'وصلت السفينة.',
        path: expect.stringMatching(/^أخبار\/مرفأ\/سفينة-1-/) as string,
      },
      { headline: 'سفينة 2' },
    ]);
    expect(await database.query('SELECT name FROM tags')).toEqual([{ name: 'شحن' }]);
  });

  it('changes nothing when the same is imported again, though its section and its tags now exist', async () => {
    const text = feed(`${item(1, '<category>مرفأ</category>')}${item(2)}`);
    await run(text, { section: 'أخبار/مرفأ' });
    const before = await database.query('SELECT * FROM articles ORDER BY id');
    await database.query('DELETE FROM outbox');
    const again = await run(text, { section: 'أخبار/مرفأ' });
    expect(again.out.at(-1)).toBe('0 new, 0 updated, 2 unchanged');
    expect(await database.query('SELECT * FROM articles ORDER BY id')).toEqual(before);
    expect(await database.query('SELECT * FROM outbox')).toEqual([]);
  });

  it('takes ninjs, updates what has a new version and takes down what is canceled', async () => {
    const story = {
      uri: 'urn:1',
      language: 'en',
      versionCreated: '2026-11-20T08:00:00Z',
      headlines: [{ value: 'Talks' }],
    };
    const first = await run(JSON.stringify(story), { section: 'wire' });
    expect(first.out.at(0)).toBe('file is ninjs: 1 item');
    const corrected = {
      ...story,
      firstCreated: story.versionCreated,
      versionCreated: '2026-11-20T09:00:00Z',
      headlines: [{ value: 'Talks resume' }],
    };
    expect((await run(JSON.stringify(corrected), { section: 'wire' })).out.at(-1)).toBe(
      '0 new, 1 updated, 0 unchanged',
    );
    await run(JSON.stringify({ ...corrected, pubStatus: 'canceled' }), { section: 'wire' });
    expect(await database.query('SELECT headline, version, withdrawn_at FROM articles')).toEqual([
      { headline: 'Talks resume', version: 3, withdrawn_at: new Date('2026-11-20T09:00:00Z') },
    ]);
  });

  it('names bad items by their number and takes the others', async () => {
    expect(await run(feed(`${item(1)}<item><guid>x</guid></item>${item(1)}`), { section: 'wire' })).toMatchObject({
      exitStatus: 1,
      err: ['item 2: title: missing', 'item 3: its id "1" is that of item 1, which was taken'],
      out: expect.arrayContaining(['2 new, 0 updated, 0 unchanged, 2 bad items skipped']) as string[],
    });
  });

  it('imports nothing of a strict import with a bad item', async () => {
    const { exitStatus, err } = await run(feed(`${item(1)}<item/>`), { section: 'wire', strict: true });
    expect(exitStatus).toBe(1);
    expect(err.at(-1)).toBe('Nothing was imported: 1 of 2 items are bad');
    expect(await count()).toEqual({ count: 0 });
    expect((await run(feed(item(1)), { section: 'wire', strict: true })).out.at(-1)).toBe(
      '2 new, 0 updated, 0 unchanged',
    );
  });

  it('needs a section for what has none of ours, and makes it only when it is given', async () => {
    const { exitStatus, err } = await run(feed(item(1)));
    expect(exitStatus).toBe(1);
    expect(err).toEqual([
      'item 1: nothing of it is a section of edition ar: say where such articles go with --section',
    ]);
  });

  it('writes its report as JSON', async () => {
    const report = join(folder, 'report.json');
    await run(feed(`${item(1, '<comments>x</comments>')}<item/>`), { section: 'wire', report });
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      file: join(folder, 'file'),
      standard: 'RSS 2.0',
      counts: { new: 2, updated: 0, unchanged: 0, bad: 1, isKept: true, read: 2 },
      mapped: expect.arrayContaining([{ field: 'item/title', to: 'headline', count: 1 }]) as object[],
      dropped: expect.arrayContaining([{ field: 'item/comments', count: 1 }]) as object[],
      leftOut: [],
      unlisted: 0,
      bad: [{ item: 2, reason: 'neither an id nor a link: nothing tells it from others' }],
    });
    const own = await run('{"type": "section", "edition": "en", "path": "x", "name": "X"}\nx', { report }, 'a.ndjson');
    expect(own.exitStatus).toBe(1);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      standard: 'NDJSON',
      mapped: [],
      bad: [{ line: 2 }],
    });
  });

  it('writes why it failed into its report, and leaves nothing of the run before in it', async () => {
    const report = join(folder, 'report.json');
    const written = (): unknown => JSON.parse(readFileSync(report, 'utf8'));
    await run(feed(item(1)), { section: 'wire', report });
    await expect(run(feed(item(1), '<!DOCTYPE x>'), { report })).rejects.toThrow(/DTD/);
    expect(written()).toEqual({
      file: join(folder, 'file'),
      failed: expect.stringMatching(/a document type \(DTD\).*Nothing was imported\.$/) as string,
    });
    await expect(run('{"a": 1}', { report })).rejects.toThrow(/neither ninjs/);
    expect(written()).toMatchObject({ failed: expect.stringMatching(/JSON, but neither ninjs/) as string });
  });

  it('says of a withdrawal that there is nothing to withdraw, and is content', async () => {
    const report = join(folder, 'report.json');
    const heard = await run(JSON.stringify({ uri: 'urn:9', pubStatus: 'canceled' }), { report });
    const reason = 'nothing to withdraw: no story "urn:9" of source "harbour" is stored';
    expect(heard).toMatchObject({ exitStatus: 0, err: [] });
    expect(heard.out).toContain(`item 1: ${reason}`);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ notes: [{ item: 1, reason }], bad: [] });
  });

  it('refuses a file whole with the place, and nothing is imported', async () => {
    await expect(run(feed(item(1), '<!DOCTYPE x>'))).rejects.toThrow(
      /file: line 1, column 50: a document type \(DTD\), which is refused.*\. Nothing was imported\.$/,
    );
    await expect(run(feed(item(1), ''))).rejects.toThrow(
      /file: the feed names no language, .* --edition \(en, ar, es\)\. Nothing was imported\.$/,
    );
    await expect(run('{"a": 1}')).rejects.toThrow(/file: JSON, but neither ninjs/);
    expect(await count()).toEqual({ count: 0 });
  });

  it('says at once what does not go together', async () => {
    const failing = { exitStatus: 2 };
    await expect(run('', { edition: 'fr' })).rejects.toMatchObject({
      ...failing,
      message: '--edition: "fr" is no edition of this gateway (en, ar, es)',
    });
    await expect(run('', { section: '../x' })).rejects.toMatchObject({
      ...failing,
      message: '--section: "../x" is no path of a section',
    });
    await expect(run('', { section: 'tags/x' })).rejects.toMatchObject({
      ...failing,
      message: '--section: "tags" is kept for the addresses of tags',
    });
    await expect(run('x', { edition: 'en' })).rejects.toMatchObject({
      ...failing,
      message: expect.stringMatching(/--edition and --section are for ninjs and feeds/) as string,
    });
    await expect(run('x', { report: join(folder, 'absent/report.json') })).rejects.toMatchObject({
      exitStatus: 1,
      message: expect.stringMatching(/^--report: .* cannot be written$/) as string,
    });
  });

  it('does not let a file command the terminal', async () => {
    const text = JSON.stringify([
      { uri: 'urn:1', '\u001b[2J\u202e': 1, title: 'T', versionCreated: '2026-11-20T08:00:00Z' },
    ]);
    const { out, err } = await run(text, { section: 'wire', edition: 'en' });
    const bad = await run(text.replace('2026-11-20T08:00:00Z', 'x\\u001b[2J'), { section: 'wire', edition: 'en' });
    err.push(...bad.err);
    expect(['\u001b', '\u202e'].filter((letter) => [...out, ...err].join('').includes(letter))).toEqual([]);
    expect(out.join('\n')).toContain('dropped: \ufffd[2J\ufffd (1)');
  });
});
