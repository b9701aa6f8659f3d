import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runMasthead, startMasthead, type ServingMasthead } from '../support/run-masthead.ts';

const folder = makeFolder();
const SLUG = 'night-train-returns-to-the-coast';
const QUERY = `{ edition(code: EN) { article(slug: "${SLUG}") { id } } }`;

describe('commands that say what changed, beside a running server on the embedded database', () => {
  let server: ServingMasthead;
  const run = (...words: string[]) => runMasthead(words, { cwd: folder }).ended;
  const cacheStatus = async (): Promise<string> => (await server.query(QUERY)).cacheStatus;

  beforeAll(async () => {
    server = await startMasthead({ cwd: folder, lifetime: 'file', variables: { PROCESS_NAME: 'desk-1' } });
  });

  it('log calls the server what every line of its own log does', async () => {
    expect((await run('log')).stdout).toMatch(/\bdesk-1\b/);
    const lines = server.said().stderr.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { process: unknown }).process)).toEqual(lines.map(() => 'desk-1'));
  }, 60_000);

  it('purge ends what the server keeps before it says so', async () => {
    await server.query(QUERY);
    expect(await cacheStatus()).toBe('hit');
    const purged = await run('purge', `slug:en:article:${SLUG}`, 'search:ar');
    expect(purged).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(purged.stdout).toMatch(/^Recorded as change \d+: nobody answers from before it any more, after \d+ ms\n$/);
    expect(await cacheStatus()).toBe('fwd=stale');
    expect(await cacheStatus()).toBe('hit');
  }, 60_000);

  it('purge names every tag that is none, before a database is reached', async () => {
    expect(await run('purge', 'front page', 'search:en', 'list:fr:all')).toEqual({
      exitStatus: 2,
      stdout: '',
      stderr:
        '"front page" is no tag: docs/changes.md lists them\n"list:fr:all" is no tag: docs/changes.md lists them\n',
    });
    expect(await run('purge')).toMatchObject({
      exitStatus: 2,
      stderr: expect.stringContaining('missing required argument') as string,
    });
  }, 60_000);

  it('takedown hides an article from every answer, and lifts that', async () => {
    const { data } = await server.query(QUERY);
    const found = data as { edition: { article: { id: string } } };
    const down = await run('takedown', `en:${SLUG}`, '--reason', 'The source asked for it');
    expect(down).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(down.stdout).toContain(`${found.edition.article.id} "`);
    expect(down.stdout).toContain('reason: The source asked for it');
    // Its gateway is asked through the socket of its directory; nobody said where it listens.
    expect(down.stdout).toMatch(/a gateway just started as public: gone in (\d+) of \1\n/);
    expect(down.stdout).toMatch(/Gone everywhere that was looked, at [^;]+; 0 of those/);
    const again = await run('takedown', `en:${SLUG}`, '--receipt', '--json', '--url', server.url);
    expect(again).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(JSON.parse(again.stdout)).toMatchObject({
      isGone: true,
      order: { reason: 'The source asked for it' },
      reads: [{ where: server.url, as: 'public' }, { as: 'public' }],
    });
    expect((await server.query(QUERY)).data).toEqual({ edition: { article: null } });
    expect(await run('takedown', found.edition.article.id, '--lift')).toMatchObject({ exitStatus: 0 });
    expect((await server.query(QUERY)).data).toEqual(found);
    const back = await run('takedown', `en:${SLUG}`, '--receipt');
    expect(back.stdout).toMatch(
      /^ {2}taken back by order of .*\n {2}reason: The source asked for it\n {2}put back since,/m,
    );
    expect(back).toMatchObject({
      exitStatus: 1,
      stderr: expect.stringContaining('still shows it: article(id)') as string,
    });
    for (const words of [['--lift'], ['--brief'], ['--reason', 'It is']])
      expect(await run('takedown', `en:${SLUG}`, '--receipt', ...words)).toMatchObject({ exitStatus: 2, stdout: '' });
    expect(await run('takedown', 'en:nowhere')).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: 'No article of the gateway’s own is "en:nowhere"\n',
    });
  }, 60_000);

  it('log says that the server follows it, and begins it anew', async () => {
    const before = await run('log');
    expect(before).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(before.stdout).toMatch(/^epoch {2}[-0-9a-f]{36}\nhead {3}\d+\n\nprocess {2}life .*\ndesk-1 .* follows/);
    const anew = await run('log', 'new-epoch');
    // The server took it in within a lease, or is named until it has.
    expect(anew.stdout).toMatch(/^The epoch is .*; it was .*\nThe log has begun anew/);
    const [, epoch = ''] = /^The epoch is ([-0-9a-f]{36})/.exec(anew.stdout) ?? [];
    expect((await run('log')).stdout).toContain(`epoch  ${epoch}\n`);
  }, 60_000);

  it('forget fails when nobody is called that, and each command says what it takes', async () => {
    expect(await run('forget', 'nobody')).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: 'No process that was cut off is called "nobody": masthead log says who there is\n',
    });
    for (const words of [['purge'], ['takedown'], ['log'], ['log', 'new-epoch'], ['forget']])
      expect(await run(...words, '--help')).toMatchObject({ exitStatus: 0, stderr: '' });
  }, 60_000);
});
