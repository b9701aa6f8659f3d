import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { generate, loadContext } from '@graphql-codegen/cli';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ArticleTextDocument, FrontPageDocument } from '../../docs/examples/typed-client/generated/graphql.ts';
import { escapeText, renderText } from '../../docs/examples/typed-client/render-body.ts';
import { send, SendError } from '../../docs/examples/typed-client/send.ts';
import { createClientProject } from '../contracts/client-project.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';

const EXAMPLE = join(PROJECT_ROOT, 'docs/examples/typed-client');

let gateway: DemoGateway;
let away: DemoGateway;
let endpoint: string;
beforeAll(async () => {
  gateway = await startDemoGateway();
  away = await startDemoGateway('while the store of counters is away');
  endpoint = `${gateway.url}/graphql`;
});
afterAll(() => Promise.all([gateway.close(), away.close()]));

interface Ending {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as `npm run example:typed` does. */
const run = (...words: readonly string[]): Promise<Ending> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(EXAMPLE, 'main.ts'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
    child.once('error', reject).once('close', (status) => resolve({ status, ...said }));
  });

describe('the typed client', () => {
  it('has the types that its operations make: otherwise run npm run example:typed:codegen', async () => {
    const context = await loadContext(join(EXAMPLE, 'codegen.yml'));
    context.cwd = PROJECT_ROOT;
    context.updateConfig({ silent: true });
    const files = (await generate(context, false)) as { filename: string; content: string }[];
    const made = Object.fromEntries(files.map(({ filename, content }) => [relative(PROJECT_ROOT, filename), content]));
    const folder = join(EXAMPLE, 'generated');
    const kept = readdirSync(folder).map((name) => join(folder, name));
    expect(made).toEqual(
      Object.fromEntries(kept.map((file) => [relative(PROJECT_ROOT, file), readFileSync(file, 'utf8')])),
    );
  });

  it('does not compile when it shows what its operation does not ask for', () => {
    const project = createClientProject();
    onTestFinished(() => project.remove());
    project.write('package.json', JSON.stringify({ type: 'module' }));
    const { compilerOptions } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'tsconfig.json'), 'utf8')) as {
      compilerOptions: object;
    };
    project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
    const names = ['generated/graphql.ts', 'write-front-page.ts'];
    for (const name of names) project.write(`src/${name}`, readFileSync(join(EXAMPLE, name), 'utf8'));
    const compile = () => project.run('typescript/bin/tsc', '--project', 'tsconfig.json');
    expect(compile()).toEqual({ status: 0, output: '' });
    project.write(
      'src/write-front-page.ts',
      project.read('src/write-front-page.ts').replace('card.headline', 'card.standfirst'),
    );
    expect(compile().output).toContain("Property 'standfirst' does not exist");
  });

  it.each([
    ['EN', 'Meridian English', 'Grain corridor talks resume in Istanbul', '23 Nov 2026'],
    ['AR', 'ميريديان العربية', 'ممر الحبوب يعيد المتفاوضين إلى إسطنبول', '16:06'],
    ['ES', 'Meridian Español', 'Estambul retoma el diálogo', '23 nov 2026'],
  ])("prints the front page of %s, in its desk's words and times", async (edition, name, headline, date) => {
    const { status, stdout, stderr } = await run(edition, endpoint);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe(name);
    expect(stdout).toContain(headline);
    expect(stdout).toContain(date);
  });

  it('says what went wrong by its code, and ends with 1', async () => {
    expect(await run('FR', endpoint)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^BAD_USER_INPUT: /) });
    // What stands in between answers a page of its own.
    const proxy = createServer((_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad'),
    );
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await run('EN', `http://127.0.0.1:${port}/graphql`)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^HTTP_502: /),
    });
  });

  it('goes on when a field failed, and says which', async () => {
    const { status, stdout, stderr } = await run('EN', `${away.url}/graphql`);
    expect(status).toBe(0);
    expect(stdout).toContain('Meridian English');
    expect(stderr).toBe('edition.trending: postgres failed\n');
  });
});

describe('send', () => {
  it('gives the data, or fails with a code where there is none', async () => {
    const { data } = await send(endpoint, FrontPageDocument, { edition: 'EN', perSection: 1 });
    expect(data.edition?.sections?.[0]?.articles?.nodes).toHaveLength(1);
    const nowhere = send(endpoint, FrontPageDocument, { edition: 'FR' as 'EN' });
    await expect(nowhere).rejects.toBeInstanceOf(SendError);
    await expect(nowhere).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('renderText', () => {
  const render = async (edition: 'EN' | 'AR', slug: string): Promise<string> => {
    const { data } = await send(endpoint, ArticleTextDocument, { edition, slug });
    if (!data.edition?.article) throw new Error(`There is no ${slug}`);
    return renderText(data.edition.article);
  };

  it('says language and direction, and draws every block', async () => {
    const html = await render('AR', 'استئناف-محادثات-ممر-الحبوب');
    expect(html).toMatch(/^<article lang="ar" dir="rtl">\n<h1>ممر الحبوب/);
    expect(html).toContain('<blockquote>');
    expect(html).toContain('<p class="read-more"><a href="http://localhost:4000/ar/');
    // What it has no design of its own for is the gateway's own HTML.
    expect(html).toContain('<table>');
  });

  it('shows the beginning of a text that is withheld', async () => {
    expect(await render('EN', 'nairobi-clinics-evening-vaccination')).toMatch(/<p>[^<]{50,200}…<\/p>\n<\/article>$/);
  });

  it('lets no text of the graph become markup', () => {
    expect(escapeText('<b> & "c"')).toBe('&lt;b&gt; &amp; &quot;c&quot;');
  });
});
