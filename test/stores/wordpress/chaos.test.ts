import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { StoreError } from '../../../src/errors.ts';
import { createHttpClient } from '../../../src/outbound/http-client.ts';
import type { ContentSource, UnfitStory } from '../../../src/stores/content-source.ts';
import { createWordPressSource } from '../../../src/stores/wordpress/wordpress-source.ts';
import { startHandServer, type Answering, type HandServer } from '../../outbound/hand-server.ts';
import { createGate } from '../../support/gate.ts';
import { categoryRow, postRow, userRow } from './rest-double.ts';

/** Of what never comes; of what comes and is wrong, ten times as long: two cores, and ten megabytes. */
const DEADLINE_MS = { STORE_TIMEOUT: 400, STORE_FAILED: 30_000 };
/** What a busy machine may take on top. */
const GRACE_MS = 15_000;
const PASSWORD = 'abcd efgh ijkl';

let server: HandServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const sourceAt = (url: string, deadlineMs = DEADLINE_MS.STORE_FAILED): ContentSource =>
  createWordPressSource({
    name: 'desk',
    url: `${url}/wp-json`,
    credentials: { user: 'gateway', applicationPassword: PASSWORD },
    http: createHttpClient(),
    clock: systemClock,
    deadlineMs,
  });

const json =
  (value: unknown): Answering =>
  (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  };

const text =
  (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(body);
  };

const never = createGate();

const FAULTS: readonly (readonly [string, 'STORE_FAILED' | 'STORE_TIMEOUT', Answering])[] = [
  ['hangs', 'STORE_TIMEOUT', () => never.pass()],
  [
    'sends a letter and then hangs',
    'STORE_TIMEOUT',
    async (_request, response) => {
      response.write('[');
      await never.pass();
    },
  ],
  [
    'drips for longer than anybody waits',
    'STORE_TIMEOUT',
    (_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
  ],
  ['cuts the connection', 'STORE_FAILED', (request) => request.socket.destroy()],
  [
    'cuts its answer short of what it promised',
    'STORE_FAILED',
    (request, response) => {
      response.setHeader('content-length', 1_000);
      response.write('[{"id":11,');
      setImmediate(() => request.socket.destroy());
    },
  ],
  ['ends in the middle', 'STORE_FAILED', text('[{"id":11,"status":"pub')],
  ['answers nothing', 'STORE_FAILED', text('')],
  ['sends 10 MB', 'STORE_FAILED', text(`[${' '.repeat(10 * 1024 * 1024)}]`)],
  ['answers a page of the site', 'STORE_FAILED', text('<!doctype html><title>Desk</title>')],
  ['writes a warning of PHP first', 'STORE_FAILED', text('<b>Warning</b>: x\n[]')],
  ['redirects', 'STORE_FAILED', text('', 301, { location: 'https://elsewhere.example/?token=s3cret' })],
  ['refuses', 'STORE_FAILED', text('{"code":"rest_forbidden_context","message":"x"}', 401)],
  ['is down for maintenance', 'STORE_FAILED', text('Briefly unavailable', 503)],
  ['breaks', 'STORE_FAILED', text('{"code":"internal_server_error"}', 500)],
  ['says that what stands behind it is slow', 'STORE_TIMEOUT', text('', 504)],
  ['answers an error as if it were good', 'STORE_FAILED', json({ code: 'rest_no_route', message: 'x' })],
  ['answers null', 'STORE_FAILED', json(null)],
  ['answers rows that are no rows', 'STORE_FAILED', json([null, 7, 'x'])],
  ['nests without end', 'STORE_FAILED', text('['.repeat(1_000_000))],
];

const METHODS: readonly (readonly [string, (source: ContentSource) => Promise<unknown>])[] = [
  ['stories', (source) => source.stories(['11', '12'], { withHtml: true })],
  ['taxonomy', (source) => source.taxonomy()],
  ['savedSince', (source) => source.savedSince(0, null)],
  ['inventory', (source) => source.inventory(null)],
];

describe.each(FAULTS)('a site that %s', (_, code, answering) => {
  it.each(METHODS)(`is a ${code} of %s, in time`, async (_name, ask) => {
    server = await startHandServer(answering);
    const startedAt = performance.now();
    const error = await ask(sourceAt(server.url, DEADLINE_MS[code])).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS[code] + GRACE_MS);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code, store: 'desk' });
    const told = String((error as StoreError).cause);
    for (const secret of [PASSWORD, Buffer.from(`gateway:${PASSWORD}`).toString('base64'), 's3cret'])
      expect(told).not.toContain(secret);
  });

  it('is told to whoever probes it', async () => {
    server = await startHandServer(answering);
    const { isWorking, detail } = await sourceAt(server.url, DEADLINE_MS[code]).probe();
    expect(isWorking).toBe(false);
    expect(detail).not.toBe('');
    expect(detail).not.toContain('s3cret');
  });
});

describe('a site that does not listen', () => {
  it.each(METHODS)('is a STORE_FAILED of %s', async (_name, ask) => {
    const gone = await startHandServer(() => undefined);
    await gone.close();
    await expect(ask(sourceAt(gone.url))).rejects.toMatchObject({ name: 'StoreError', code: 'STORE_FAILED' });
  });
});

/** Answers each kind of question as told, as a good site otherwise. */
const lying =
  (lies: Readonly<Record<string, unknown>>): Answering =>
  (request, response) => {
    const rows: Readonly<Record<string, unknown>> = {
      posts: [postRow(11, { featured_media: 30 })],
      categories: [categoryRow(1, 'uncategorized')],
      tags: [],
      users: [userRow(2, 'rana')],
      media: [
        {
          id: 30,
          link: 'https://d.example/',
          source_url: 'https://d.example/a.jpg',
          mime_type: 'image/jpeg',
          caption: { raw: '' },
        },
      ],
      ...lies,
    };
    const { pathname } = new URL(request.url ?? '', 'http://desk');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(rows[pathname.replace('/wp-json/wp/v2/', '')]));
  };

describe('a site that lies', () => {
  it('is believed when it does not', async () => {
    server = await startHandServer(lying({}));
    const [story] = await sourceAt(server.url).stories(['11'], { withHtml: true });
    expect(story).toMatchObject({ sourceId: '11', lead: { url: 'https://d.example/a.jpg' }, authorSlugs: ['rana'] });
  });

  it.each([
    ['another story', { posts: [postRow(12)] }],
    ['a story nobody asked for beside the one', { posts: [postRow(11), postRow(12)] }],
    ['one story twice', { posts: [postRow(11), postRow(11)] }],
    ['a draft', { posts: [postRow(11, { status: 'draft' })] }],
    ['a story that is private', { posts: [postRow(11, { status: 'private' })] }],
    ['an id that is a word', { posts: [{ ...postRow(11), id: '11' }] }],
    ['a story without the body that was asked for', { posts: [postRow(11, { content: { protected: false } })] }],
    ['a story that does not say whether it has a password', { posts: [postRow(11, { content: { rendered: '' } })] }],
    [
      'a picture of another story',
      { media: [{ id: 31, link: '', source_url: '', mime_type: '', caption: { raw: '' } }] },
    ],
    ['pictures that are none', { posts: [postRow(11, { featured_media: 30 })], media: [{ id: 30 }] }],
    ['sections of another shape', { categories: { 1: 'news' } }],
    ['no section at all', { categories: [], posts: [postRow(11, { categories: [] })] }],
    ['authors without names', { users: [{ id: 2, slug: 'x' }] }],
  ])('about a story is not believed in part: %s', async (_, lies) => {
    server = await startHandServer(lying(lies));
    await expect(sourceAt(server.url).stories(['11'], { withHtml: true })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'STORE_FAILED',
    });
  });

  it.each([
    ['any date', { date_gmt: null, modified_gmt: null }, null, 'has no date'],
    ['a title', { title: 7 }, Date.UTC(2026, 10, 1, 9), /^title: /],
    ['an address', { slug: null }, Date.UTC(2026, 10, 1, 9), /^slug: /],
    ['sections', { categories: [0] }, Date.UTC(2026, 10, 1, 9), /^categories: 0: /],
  ])('loses a story without %s, which is told, and no other', async (_what, fields, modifiedAt, reason) => {
    server = await startHandServer(lying({ posts: [postRow(11), postRow(12, fields), postRow(13)] }));
    const unfit: UnfitStory[] = [];
    const onUnfit = (story: UnfitStory): void => void unfit.push(story);
    const stories = await sourceAt(server.url).stories(['11', '12', '13'], { withHtml: true, onUnfit });
    expect(stories.map(({ sourceId }) => sourceId)).toEqual(['11', '13']);
    expect(unfit).toEqual([{ sourceId: '12', modifiedAt, reason: expect.stringMatching(reason) as unknown }]);
  });

  it.each([
    ['in no order', [postRow(12), postRow(11)]],
    ['twice', [postRow(11), postRow(11)]],
    ['with a draft', [postRow(11), { id: 12 }]],
  ])('about what it has is not believed: %s', async (_, posts) => {
    server = await startHandServer(lying({ posts }));
    await expect(sourceAt(server.url).inventory(null)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  it('is asked for a list that never ends only so often', async () => {
    let asked = 0;
    server = await startHandServer((_request, response) => {
      asked += 1;
      response.setHeader('x-wp-total', 1_000_000_000);
      response.end(JSON.stringify([categoryRow(asked, `s${asked}`), categoryRow(asked + 1, `s${asked + 1}`)]));
    });
    await expect(sourceAt(server.url).taxonomy()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(asked).toBeLessThan(10_000);
  });
});
