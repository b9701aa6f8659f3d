import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { keepQuery, oneAddressOf } from '../../docs/examples/reader/one-address.ts';
import { reasonOf } from '../../docs/examples/reader/reason-of.ts';
import { openDesk, story, storyId, type Desk } from '../journeys/desk.ts';
import { startReader } from './run-reader.ts';

let desk: Desk;
let reader: Awaited<ReturnType<typeof startReader>>;
const log: string[] = [];

beforeAll(async () => {
  desk = await openDesk();
  const { edition } = await desk.read('{ edition(code: EN) { url } }');
  await desk.write(story('told', { aliases: [`${edition.url}/old`] }));
  const gatewayUrl = await desk.app.server.listen({ port: 0, host: '127.0.0.1' });
  reader = await startReader(gatewayUrl, { log: (line) => log.push(line) });
});
afterAll(async () => {
  await reader?.close();
  await desk?.close();
});

const ask = (path: string, options: RequestInit = {}): Promise<Response> =>
  fetch(reader.url + path, { redirect: 'manual', ...options });

describe('an address', () => {
  it.each([
    ['/EN', '/en'],
    ['/en/', '/en'],
    ['/EN/news?after=x', '/en/news?after=x'],
    ['/en/search/?q=told', '/en/search?q=told'],
    ['/en/authors/', '/en/authors'],
    ['/en/news/politics/told/?a=1', '/en/news/politics/told?a=1'],
    ['/en/old?after=x', '/en/news/politics/told?after=x'],
  ])('%s is a page under one spelling only: %s', async (path, to) => {
    const response = await ask(path);
    expect([response.status, response.headers.get('location')]).toEqual([301, to]);
  });

  it('with an empty place in a list is that of its start', async () => {
    const response = await ask('/en/news?after=');
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('noindex');
  });

  it.each([`/en/${'a'.repeat(2000)}`, `/ar/${'%D8%A7'.repeat(1000)}`, `/en/search?q=a&after=${'x'.repeat(5000)}`])(
    'longer than any is not found, which is no fault of the site: %.30s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
      expect(log).toEqual([]);
    },
  );

  it('cuts what is searched for between characters', async () => {
    const text = await (await ask(`/en/search?q=a${encodeURIComponent('😀'.repeat(200))}`)).text();
    expect(text).toContain(`a${'😀'.repeat(199)}`);
    expect(text).not.toContain('\uFFFD');
  });

  it.each(['PUT', 'DELETE', 'POST'])('is not written to by %s', async (method) => {
    const response = await ask('/es/news', { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await response.text()).toContain('No se puede hacer');
  });
});

describe('a share', () => {
  const share = (sent: {
    readonly body: URLSearchParams | string;
    readonly headers?: Readonly<Record<string, string>>;
  }) => ask('/share', { method: 'POST', body: sent.body, headers: { origin: reader.url, ...sent.headers } });
  const fields = { article: storyId('told'), place: 'x' };

  it('is refused for what is no article, no form or far too long, in the language of the page it stood on', async () => {
    await ask('/ar');
    const headers = { referer: `${reader.url}/ar/x` };
    const multipart = { ...headers, 'content-type': 'multipart/form-data' };
    const refused = await Promise.all([
      share({ body: new URLSearchParams({ ...fields, article: 'x' }), headers }),
      share({ body: new URLSearchParams({ ...fields, place: 'nowhere' }), headers }),
      share({ body: 'no form', headers: multipart }),
      share({ body: new URLSearchParams({ ...fields, more: 'x'.repeat(1024) }), headers }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 413]);
    for (const response of refused) expect(await response.text()).toContain('تعذّر تنفيذ الطلب');
    expect(log).toEqual([]);
  });

  it('reads no more of a body of unknown length than a form has', async () => {
    const socket = connect(Number(new URL(reader.url).port), 'localhost');
    onTestFinished(() => void socket.destroy());
    const head = `POST /share HTTP/1.1\r\nhost: x\r\norigin: ${reader.url}\r\ntransfer-encoding: chunked\r\n`;
    const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
    // Two pieces, and no end.
    socket.write(`${head}content-type: application/x-www-form-urlencoded\r\n\r\n${chunk}${chunk}`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('is taken from a form of this site alone, and by POST alone', async () => {
    const body = new URLSearchParams(fields);
    // A host that was made to lead here is not this site.
    expect((await share({ body, headers: { origin: reader.url.replace('localhost', '127.0.0.1') } })).status).toBe(403);
    expect((await share({ body })).status).toBe(303);
    const response = await ask('/share');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('oneAddressOf and keepQuery', () => {
  it('leave the rest of an address as it was sent', () => {
    const at = (path: string) => oneAddressOf({ code: 'EN' }, new URL(path, 'http://x'));
    expect(at('/en/a%2Fb?q=1')).toBeNull();
    expect(at('/EN//evil.example/')).toBe('/en//evil.example');
    const asked = new URL('http://x/en?after=1');
    expect(['/en/a', '/en/a?b=2', 'https://elsewhere.example/a'].map((to) => keepQuery(to, asked))).toEqual([
      '/en/a?after=1',
      '/en/a?b=2',
      'https://elsewhere.example/a',
    ]);
  });
});

describe('reasonOf', () => {
  it('names the deepest cause', () => {
    const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    const failed = new TypeError('fetch failed', { cause: new AggregateError([refused]) });
    expect(reasonOf(new Error('No data', { cause: failed }))).toBe('No data (ECONNREFUSED)');
    expect(reasonOf(new Error('No data'))).toBe('No data');
    expect(reasonOf('x')).toBe('x');
  });
});
