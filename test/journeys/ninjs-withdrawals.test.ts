import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createForeignReader } from '../../src/ingest/foreign/foreign-reader.ts';
import { loadKnownSections } from '../../src/ingest/foreign/known-sections.ts';
import { importDocuments, type ImportResult } from '../../src/ingest/import-documents.ts';
import { takeDown } from '../../src/ingest/takedown.ts';
import { minutesAgo, openDesk, type Desk } from './desk.ts';

const ROUTE =
  'query ($url: URL!) { route(url: $url) { status } edition(code: EN) { articles { nodes { headline } } } }';

const talks = (minutes: number, fields: object = {}): object => ({
  uri: 'urn:talks',
  language: 'en',
  firstCreated: minutesAgo(60),
  versionCreated: minutesAgo(minutes),
  title: 'Talks',
  slugline: 'talks',
  ...fields,
});
const kill = (fields: object = {}): object => ({ uri: 'urn:talks', pubStatus: 'canceled', ...fields });

describe('a ninjs item that is canceled', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());
  beforeEach(() => desk.app.database.query('TRUNCATE articles, memberships, boundaries, addresses'));

  /** Imports items as one file a call, and waits until the gateway knows. */
  const take = async (items: readonly object[], edition?: 'EN' | 'AR'): Promise<ImportResult> => {
    const { database, config } = desk.app;
    const known = await loadKnownSections(database, config.editions);
    const { read } = createForeignReader(
      { format: 'ninjs', layout: 'lines' },
      { editions: config.editions, edition, section: 'news', source: 'agency', known },
    );
    async function* lines(): AsyncGenerator<string> {
      for (const item of items) yield `${JSON.stringify(item)}\n`;
    }
    const dependencies = { database, editions: config.editions, clock: desk.clock };
    const result = await importDocuments(dependencies, lines(), { source: 'agency', reader: read });
    await desk.app.changes.step();
    return result;
  };
  const stored = async () => (await desk.app.database.query('SELECT * FROM articles'))[0] ?? {};
  const status = async (): Promise<string> => {
    const [row] = await desk.app.database.query<{ path: string }>('SELECT path FROM articles');
    const answer = await desk.read(ROUTE, { url: `https://news.example/en/${row?.path}` });
    return `${answer.route?.status} ${answer.edition.articles.nodes.length}`;
  };

  it('takes the story down by its uri alone, tells it as a KILL, and keeps what the notice does not say', async () => {
    await take([talks(60)]);
    expect(await status()).toBe('FOUND 1');
    const before = await stored();
    expect(await take([kill()])).toMatchObject({ updated: 1, badCount: 0, notes: [] });
    expect(await status()).toBe('GONE 0');
    const { withdrawn_at, version, content_digest, ...kept } = await stored();
    expect(before).toMatchObject(kept);
    expect({ withdrawn_at, version }).toEqual({ withdrawn_at: new Date(desk.clock.now()), version: 2 });
    expect(content_digest).toMatch(/^- /);
    const [told] = await desk.app.database.query(
      'SELECT kind, article_id FROM change_log ORDER BY sequence DESC LIMIT 1',
    );
    expect(told).toEqual({ kind: 'KILL', article_id: kept['id'] });
    expect(await take([kill()])).toMatchObject({ unchanged: 1, updated: 0, notes: [] });
  });

  it('is obeyed though everything else of the notice is broken', async () => {
    await take([talks(60)]);
    const broken = { versionCreated: 'x', language: {}, title: '', type: 'event', embargoed: false, version: [] };
    expect(await take([kill(broken)])).toMatchObject({ updated: 1, badCount: 0 });
    expect(await status()).toBe('GONE 0');
  });

  it('is no error where nothing is stored, or another desk was meant, and says so', async () => {
    const note = { lineNumber: 1, reason: 'nothing to withdraw: no story "urn:talks" of source "agency" is stored' };
    expect(await take([kill()])).toMatchObject({ unchanged: 1, badCount: 0, notes: [note] });
    await take([talks(60)]);
    expect(await take([kill()], 'AR')).toMatchObject({ notes: [note] });
    expect(await status()).toBe('FOUND 1');
  });

  it('takes the story down that an earlier item of its file brought, and a newer version brings it back', async () => {
    const file = [talks(60), kill()];
    expect(await take(file)).toMatchObject({ imported: 1, updated: 1, badCount: 0 });
    expect(await status()).toBe('GONE 0');
    expect(await take(file)).toMatchObject({ updated: 0, unchanged: 2, badCount: 0 });
    expect(await status()).toBe('GONE 0');
    expect(await take([talks(60)])).toMatchObject({
      unchanged: 1,
      notes: [{ reason: 'it was withdrawn since, and stays so' }],
    });
    await take([talks(-1)]);
    expect(await status()).toBe('FOUND 1');
    expect(await take([kill({ versionCreated: minutesAgo(50) })])).toMatchObject({
      notes: [{ reason: 'what is stored is newer than its withdrawal, and stays' }],
    });
    expect(await status()).toBe('FOUND 1');
  });

  it('comes back within its file when a newer version follows, and importing that again changes nothing', async () => {
    const file = [talks(60), kill({ versionCreated: minutesAgo(50) }), talks(40, { title: 'Anew' })];
    expect(await take(file)).toMatchObject({ imported: 1, updated: 2, badCount: 0 });
    expect(await status()).toBe('FOUND 1');
    expect(await stored()).toMatchObject({ headline: 'Anew', version: 3 });
    expect(await take(file)).toMatchObject({ imported: 0, updated: 0, unchanged: 3 });
    expect(await stored()).toMatchObject({ headline: 'Anew', version: 3 });
  });

  it('wins over what it follows in its file, whatever its date, and over what follows it and is no newer', async () => {
    const { badCount, bad } = await take([talks(60), kill({ versionCreated: minutesAgo(70) }), talks(60)]);
    expect({ badCount, bad }).toMatchObject({
      badCount: 1,
      bad: [{ lineNumber: 3, reason: expect.stringMatching(/item 2, which withdraws it/) as string }],
    });
    expect(await status()).toBe('GONE 0');
  });

  it('stays gone when an order of ours is laid and lifted', async () => {
    await take([talks(60)]);
    const { database, config } = desk.app;
    const options = { editions: config.editions, now: desk.clock.now() };
    const { articleId } = await takeDown(database, String((await stored())['id']), options);
    expect(await take([kill()])).toMatchObject({ updated: 1 });
    expect(await takeDown(database, articleId, options)).toMatchObject({ isWithdrawnBySource: true });
  });
});

describe('versions of a story in one file', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  it('follow each other, and importing them again leaves the last', async () => {
    const { database, config } = desk.app;
    const dependencies = { database, editions: config.editions, clock: desk.clock };
    const items = [
      talks(60, { version: '1' }),
      talks(60, { version: '2', title: 'Talks resume' }),
      talks(60, { version: '2', title: 'Again' }),
      talks(30, { version: '1', title: 'Late' }),
    ];
    const known = await loadKnownSections(database, config.editions);
    const run = async (): Promise<ImportResult> => {
      const options = { editions: config.editions, edition: undefined, section: 'news', source: 'agency', known };
      const { read } = createForeignReader({ format: 'ninjs', layout: 'whole' }, options);
      async function* chunks(): AsyncGenerator<string> {
        yield JSON.stringify(items);
      }
      return importDocuments(dependencies, chunks(), { source: 'agency', reader: read });
    };
    for (const counts of [{ imported: 1, updated: 1 }, { imported: 0 }]) {
      const result = await run();
      expect(result).toMatchObject({ ...counts, badCount: 2 });
      expect(result.bad.map(({ reason }) => reason)).toEqual([
        'its id "urn:talks" is that of item 2, which was taken: a repetition',
        'its id "urn:talks" is that of item 2, which was taken: this is an older version',
      ]);
      expect(await database.query('SELECT headline FROM articles')).toEqual([{ headline: 'Talks resume' }]);
    }
  });
});
