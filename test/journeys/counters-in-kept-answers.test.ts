import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphqlAddress } from '../http/graphql-address.ts';
import { sendRaw, type RawAnswer } from '../http/raw-connection.ts';
import { countRoutedRequests } from '../http/routed-requests.ts';
import { openDesk, story, storyId, type Desk } from './desk.ts';

const routed = countRoutedRequests();
const KEYS = ['a', 'b', 'c', 'd'] as const;

describe('counters in answers that are kept', () => {
  let desk: Desk;
  let port: number;
  beforeAll(async () => {
    // Counters that a busy machine is late with are waited for: what is shown then is no matter here.
    desk = await openDesk({ swap: { countersWaitMs: 10_000 } });
    for (const edition of ['en', 'ar', 'es'])
      await desk.write(
        ...KEYS.map((key) =>
          // Words that look like what is looked for.
          story(key, {
            edition,
            headline: `"views":1,"shares":0 of ${key} {"data":{"views":7}}`,
            html: `<p>${'Words. '.repeat(200)}</p>`,
          }),
        ),
      );
    port = Number(new URL(await desk.app.server.listen({ port: 0, host: '127.0.0.1' })).port);
  });
  afterAll(async () => {
    routed.stop();
    await desk.close();
  });

  /** Counts past the front: what a reader of another process did. */
  const count = async (key: string, kind: 'VIEW' | 'SHARE' = 'VIEW', edition = 'en') => {
    const id = storyId(key, edition);
    await desk.app.database.query(
      `WITH hours AS (INSERT INTO engagement_hours AS e (article_id, hour, edition, views, shares)
         VALUES ($1, date_trunc('hour', $2::timestamptz), $3, $4, $5)
         ON CONFLICT (article_id, hour) DO UPDATE SET views = e.views + excluded.views, shares = e.shares + excluded.shares)
       INSERT INTO engagement_totals AS e (article_id, views, shares) VALUES ($1, $4, $5)
         ON CONFLICT (article_id) DO UPDATE SET views = e.views + excluded.views, shares = e.shares + excluded.shares`,
      [id, new Date(desk.clock.now()), edition.toUpperCase(), Number(kind === 'VIEW'), Number(kind === 'SHARE')],
    );
  };
  const get = (query: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> =>
    sendRaw(port, { method: 'GET', path: graphqlAddress({ query }), headers });
  const said = ({ body, headers }: RawAnswer): string => {
    const [coding] = headers['content-encoding'] ?? [];
    return (coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body).toString();
  };
  const page = (key: string, more = ''): string =>
    `{ article(id: "${storyId(key)}") { headline bodyHtml engagement { views shares } ${more} } }`;

  it('are as of five seconds ago at most, in an answer that lives on, at the door, for one reading of the counters', async () => {
    const query = page('a', '__typename');
    const views = async () => {
      const answer = await get(query);
      return [answer.headers['cache-status'], JSON.parse(said(answer)).data.article.engagement.views as number];
    };
    const [, start] = (await views()) as [unknown, number];
    expect(await views()).toEqual([['masthead; hit; ttl=300'], start]);
    const before = routed.count();
    for (let step = 1; step <= 10; step += 1) {
      await count('a');
      desk.clock.wind(5_000);
      expect(await views()).toEqual([[`masthead; hit; ttl=${300 - 5 * step}`], start + step]);
    }
    expect(routed.count()).toBe(before);
  });

  it.each(['identity', 'gzip', 'br'] as const)(
    'alter the tag of an answer with its bytes, and not otherwise: %s',
    async (coding) => {
      const query = page('b', `a${coding}: __typename`);
      const ask = (condition?: string) =>
        get(query, { 'accept-encoding': coding, ...(condition === undefined ? {} : { 'if-none-match': condition }) });
      await ask();
      const tags = new Map<string, string>();
      let last = '';
      for (let step = 0; step < 6; step += 1) {
        if (step % 2 === 1) await count('b', 'SHARE');
        desk.clock.wind(5_000);
        const answer = await ask();
        const [tag = ''] = answer.headers['etag'] ?? [];
        expect(answer.headers['content-length']).toEqual([String(answer.body.length)]);
        expect(answer.headers['content-encoding']).toEqual(coding === 'identity' ? undefined : [coding]);
        const text = said(answer);
        expect(JSON.parse(text).data.article.engagement.shares).toBeTypeOf('number');
        expect(tags.get(tag) ?? text).toBe(text);
        expect([...tags.values()].includes(text)).toBe(tags.has(tag));
        tags.set(tag, text);
        expect((await ask(tag)).status).toBe(304);
        const hasChanged = step === 0 || step % 2 === 1;
        expect((await ask(last)).status).toBe(hasChanged ? 200 : 304);
        last = tag;
      }
      expect(tags.size).toBe(4);
    },
  );

  it('are the same at the door and behind it', async () => {
    const query = page('c', 'c: __typename');
    await get(query);
    for (const accept of ['identity', 'gzip', 'br']) {
      await count('c');
      desk.clock.wind(5_000);
      const headers = { 'accept-encoding': accept };
      const behind = await get(query, { ...headers, range: 'bytes=0-1' });
      const before = routed.count();
      const door = await get(query, headers);
      expect(routed.count()).toBe(before);
      expect([door.headers['etag'], said(door), door.status]).toEqual([behind.headers['etag'], said(behind), 200]);
      const head = await sendRaw(port, { method: 'HEAD', path: graphqlAddress({ query }), headers });
      expect([head.headers['etag'], head.headers['content-length'], head.body.length]).toEqual([
        door.headers['etag'],
        door.headers['content-length'],
        0,
      ]);
    }
  });

  it('are what an answer made anew says, byte for byte, however they are asked for', async () => {
    const window = fc.constantFrom('', '(window: null)', '(window: HOUR)', '(window: DAY)', '(window: MONTH)');
    const field = fc
      .record({
        name: fc.constantFrom('views', 'shares', 'viewsText', 'sharesText', '__typename'),
        alias: fc.constantFrom('x', 'y', 'z', 'w'),
        window,
        isIn: fc.boolean(),
      })
      .map(({ name, alias, window: of, isIn }) => ({
        alias: `${alias}${name}${of.replaceAll(/\W/g, '')}`,
        text: `${name}${name === '__typename' ? '' : of} @include(if: ${isIn})`,
      }));
    const fields = fc
      .uniqueArray(field, { minLength: 1, maxLength: 4, selector: ({ alias }) => alias })
      .map((list) => list.map(({ alias, text }) => `${alias}: ${text}`).join(' '));
    const counted = fields.map((text) => `engagement { __typename ${text} }`);
    const article = fc
      .tuple(counted, fc.constantFrom('', 'headline', 'slug'))
      .map(([of, more]) => `${more} ${of} ${more}`);
    const edition = fc.constantFrom('EN', 'AR', 'ES');
    const part = fc.oneof(
      fc
        .tuple(edition, article)
        .map(([code, of]) => `edition(code: ${code}) { articles(first: 3) { nodes { ${of} } } }`),
      fc
        .tuple(fc.constantFrom(...KEYS), article)
        .map(([key, of]) => `article(id: "${storyId(key)}") { ...on Article { ${of} } tags { id } }`),
      fc
        .tuple(fc.constantFrom(...KEYS, 'none'), article)
        .map(
          ([key, of]) =>
            `nodes(ids: ["${storyId(key)}", "${storyId('a')}", "${storyId(key)}"]) { ...on Article { ${of} } }`,
        ),
    );
    const query = fc
      .array(part, { minLength: 1, maxLength: 3 })
      .map((parts) => `{ ${parts.map((text, index) => `p${index}: ${text}`).join(' ')} }`);
    const happened = fc.array(
      fc.tuple(
        fc.constantFrom(...KEYS),
        fc.constantFrom('VIEW' as const, 'SHARE' as const),
        fc.constantFrom('en', 'ar', 'es'),
      ),
      { maxLength: 4 },
    );
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(query, happened, async (asked, events) => {
        await get(asked);
        for (const event of events) await count(...event);
        desk.clock.wind(5_000);
        const again = await get(asked);
        if (again.headers['cache-status']?.[0]?.includes('hit') === true) kept += 1;
        // Asked in other words, it has no place in the cache yet.
        const anew = await get(`query N${kept}_${desk.clock.now()} ${asked}`);
        expect(anew.headers['cache-status']?.[0]).toContain('fwd=miss');
        expect(said(again)).toBe(said(anew));
        expect(again.headers['etag']).toEqual(anew.headers['etag']);
      }),
      { numRuns: 60 },
    );
    expect(kept).toBeGreaterThan(40);
  });
});
