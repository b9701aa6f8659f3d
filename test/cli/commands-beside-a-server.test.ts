import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { articleLine } from '../support/ingest-rig.ts';
import { makeFolder, runMasthead, startMasthead, type Ending, type ServingMasthead } from '../support/run-masthead.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { readSchemaText } from '../../src/graphql/schema.ts';

const folder = makeFolder();

const section = { type: 'section', edition: 'en', path: 'imported', name: 'Imported' };

const ndjson = (lines: readonly unknown[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

const write = (name: string, lines: readonly unknown[]): string => {
  writeFileSync(join(folder, name), ndjson(lines));
  return name;
};

const stories = (prefix: string, count: number, fields: Readonly<Record<string, unknown>> = {}) =>
  Array.from({ length: count }, (_, index) =>
    articleLine(`${prefix}-${index}`, {
      section: 'imported',
      publishedAt: '2020-01-01T08:00:00Z',
      ...fields,
    }),
  );

const COUNT = '{ edition(code: EN) { section(path: "imported") { articles { totalCount } } } }';
const HEADLINE = '{ edition(code: EN) { article(slug: "story-first-0") { headline } } }';

describe('commands beside a running server, on the embedded database', () => {
  let server: ServingMasthead;
  const run = (...words: string[]) => runMasthead(words, { cwd: folder }).ended;
  const count = async (): Promise<unknown> => (await server.query(COUNT)).data;
  const counted = (totalCount: number) => ({ edition: { section: { articles: { totalCount } } } });

  beforeAll(async () => {
    server = await startMasthead({ cwd: folder, lifetime: 'file' });
  });

  it('import goes through the server, which answers with what is new', async () => {
    const before = '{ edition(code: EN) { sections { path } articles { totalCount } } }';
    const { data } = await server.query(before);
    expect(data).not.toMatchObject({ edition: { sections: [{ path: 'imported' }] } });
    await server.query(HEADLINE);
    expect(await server.query(HEADLINE)).toEqual({ data: { edition: { article: null } }, cacheStatus: 'hit' });

    const file = write('first.ndjson', [section, ...stories('first', 3)]);
    expect(await run('import', file)).toEqual({ exitStatus: 0, stdout: '4 new, 0 updated, 0 unchanged\n', stderr: '' });
    await expect
      .poll(async () => (await server.query(HEADLINE)).data, { timeout: 10_000 })
      .toEqual({ edition: { article: { headline: 'Story first-0' } } });

    const changed = write('changed.ndjson', stories('first', 1, { headline: 'Told anew' }));
    expect(await run('import', changed)).toMatchObject({ exitStatus: 0, stdout: '0 new, 1 updated, 0 unchanged\n' });
    await expect
      .poll(async () => (await server.query(HEADLINE)).data, { timeout: 10_000 })
      .toEqual({ edition: { article: { headline: 'Told anew' } } });
    // The demo is still there.
    const after = (await server.query(before)).data as { edition: { articles: { totalCount: number } } };
    expect(after.edition.articles.totalCount).toBe((data as typeof after).edition.articles.totalCount + 3);
  }, 60_000);

  it('two imports at once lose nothing, while the server writes too', async () => {
    const before = (await count()) as ReturnType<typeof counted>;
    const files = ['left', 'right'].map((side) => write(`${side}.ndjson`, stories(side, 250)));
    const imports = Promise.all(files.map((file) => run('import', file)));
    const read = (
      (await server.query('{ edition(code: EN) { articles(first: 5) { nodes { id } } } }')).data as {
        edition: { articles: { nodes: readonly { id: string }[] } };
      }
    ).edition.articles.nodes;
    const view = `mutation ($id: ID!) { recordEngagement(input: { articleId: $id, kind: VIEW }) { __typename } }`;
    for (const { id } of read) await server.query(view, { id });
    for (const ending of await imports)
      expect(ending).toEqual({ exitStatus: 0, stdout: '250 new, 0 updated, 0 unchanged\n', stderr: '' });
    const total = before.edition.section.articles.totalCount + 500;
    await expect.poll(count, { timeout: 10_000 }).toEqual(counted(total));
  }, 60_000);

  it('import names the bad lines and takes the good ones; strict takes none', async () => {
    const before = (await count()) as ReturnType<typeof counted>;
    const lines = [...stories('broken', 1), '{"headline": ', articleLine('x', { section: 'nowhere' })];
    const file = write('broken.ndjson', lines);
    const strict = await run('import', '--strict', file);
    expect(strict).toMatchObject({ exitStatus: 1, stdout: '' });
    // What needs the database to be seen is not looked for in a file that shows a mistake without.
    expect(strict.stderr).toMatch(/^line 2: not JSON: .*\nNothing was imported: 1 of 3 lines are bad\n$/);
    const loose = await run('import', file);
    expect(loose).toMatchObject({ exitStatus: 1, stdout: '1 new, 0 updated, 0 unchanged, 2 bad lines skipped\n' });
    expect(loose.stderr).toMatch(/^line 2: not JSON: .*\nline 3: edition en has no section "nowhere".*\n$/);
    await expect.poll(count, { timeout: 10_000 }).toEqual(counted(before.edition.section.articles.totalCount + 1));
  }, 60_000);

  it('import reads standard input, and one that ends at once has nothing to say', async () => {
    const piped = runMasthead(['import', '-'], { cwd: folder });
    piped.endInput(ndjson(stories('piped', 2)));
    expect(await piped.ended).toEqual({ exitStatus: 0, stdout: '2 new, 0 updated, 0 unchanged\n', stderr: '' });
    const empty = runMasthead(['import', '-'], { cwd: folder });
    empty.endInput();
    expect(await empty.ended).toEqual({ exitStatus: 0, stdout: '0 new, 0 updated, 0 unchanged\n', stderr: '' });
  }, 60_000);

  it('import refuses what is no file, in one line', async () => {
    mkdirSync(join(folder, 'pictures'));
    expect(await run('import', 'absent.ndjson')).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: 'absent.ndjson cannot be read\n',
    });
    expect(await run('import', 'pictures')).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: 'pictures is a directory, not a file of NDJSON\n',
    });
  });

  it('check says that all would serve, and schema prints the graph', async () => {
    const check = await run('check');
    expect(check).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(check.stdout).toMatch(
      /^configuration {2}ok {6}the demo newsroom: EN, AR, ES\ndatabase {7}ok {6}PostgreSQL \d+\S*, embedded, in the running server\nedition EN {5}ok {6}\d+ articles, \d+ sections\n/,
    );
    expect(await run('schema')).toEqual({ exitStatus: 0, stdout: `${readSchemaText()}\n`, stderr: '' });
    const ofConfig = readFileSync(join(PROJECT_ROOT, 'docs/newsroom.schema.json'), 'utf8');
    expect(await run('schema', '--config')).toEqual({ exitStatus: 0, stdout: ofConfig, stderr: '' });
  }, 30_000);

  it('an import whose server ends says what is in, and to import again goes on', async () => {
    const before = (await count()) as ReturnType<typeof counted>;
    const late = stories('late', 300);
    const importing = runMasthead(['import', '-'], { cwd: folder });
    // A batch is 200: it is written, and the import waits for more.
    importing.type(ndjson(late.slice(0, 210)));
    const total = before.edition.section.articles.totalCount + 200;
    await expect.poll(count, { timeout: 20_000 }).toEqual(counted(total));
    expect((await server.end()).exitStatus).toBe(0);
    importing.endInput(ndjson(late.slice(210)));
    expect(await importing.ended).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: 'The import stopped: embedded failed. 200 documents are in; import the file again to go on.\n',
    });
    expect(await run('import', write('late.ndjson', late))).toEqual({
      exitStatus: 0,
      stdout: '100 new, 0 updated, 200 unchanged\n',
      stderr: '',
    });
  }, 60_000);
});

describe('import without a server', () => {
  it('makes the database, and the next start serves what it holds and no demo', async () => {
    const cwd = makeFolder();
    const imports = [runMasthead(['import', '-'], { cwd }), runMasthead(['import', '-'], { cwd })];
    for (const { type } of imports) type(ndjson([section, ...stories('alone', 2)]));
    // They share the directory one after the other: one has it until its input ends.
    await Promise.any(imports.map(({ complains }) => complains(/waiting/)));
    for (const { endInput } of imports) endInput();
    const [first, second] = (await Promise.all(imports.map(({ ended }) => ended))) as [Ending, Ending];
    expect([first, second].map(({ exitStatus }) => exitStatus)).toEqual([0, 0]);
    expect([first.stdout, second.stdout].toSorted((a, b) => a.localeCompare(b))).toEqual([
      '0 new, 0 updated, 3 unchanged\n',
      '3 new, 0 updated, 0 unchanged\n',
    ]);
    // By its pid, unless it was asked in the very moment in which the other had not written that down yet; then each may wait for the
    // other's try.
    expect(`${first.stderr}${second.stderr}`).toMatch(
      /^(?:The data directory \.masthead is in use by another Masthead process(?: \(pid \d+\))?: waiting up to 30 s for it\n){1,2}$/,
    );
    const server = await startMasthead({ cwd });
    const { data } = await server.query('{ editions { articles { totalCount } } }');
    expect(data).toEqual({ editions: [2, 0, 0].map((totalCount) => ({ articles: { totalCount } })) });
    await server.end();
  }, 90_000);
});
