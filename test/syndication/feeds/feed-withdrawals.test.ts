import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { faultsOfAtom } from './check-atom.ts';
import { readSchemas } from './check-json.ts';
import { sharedPath } from '../../support/shared.ts';

const TOKEN = 'a-token-of-sixteen-letters';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ variables: { ADMIN_TOKEN: TOKEN } });
});
afterAll(() => app.close());

const get = (path: string) => app.server.inject({ url: path });
const report = (kind: 'KILL' | 'PUBLISH', articleId: string) =>
  app.server.inject({
    method: 'POST',
    url: '/changes',
    headers: { authorization: `Bearer ${TOKEN}` },
    payload: { id: crypto.randomUUID(), changes: [{ kind, articleId }] },
  });

interface NinjsItem {
  readonly uri: string;
  readonly slugline?: string;
  readonly pubStatus: string;
}
const itemsOf = async (path: string): Promise<readonly NinjsItem[]> => (await get(path)).json<readonly NinjsItem[]>();
const withdrawnIn = (items: readonly NinjsItem[]): readonly string[] =>
  items.filter(({ pubStatus }) => pubStatus === 'canceled').map(({ uri }) => uri);
const uriOf = async (slug: string): Promise<string> => {
  const found = (await itemsOf('/feeds/en.ninjs?first=100')).find(({ slugline }) => slugline === slug);
  if (found === undefined) throw new Error(`nothing is called ${slug}`);
  return found.uri;
};

describe('a story that is taken down', () => {
  it('is said to be gone by every format that can, where it stood, until it is back', async (test) => {
    const uri = await uriOf('grain-corridor-talks-resume');
    const id = uri.replace('urn:masthead:', '');
    const before = withdrawnIn(await itemsOf('/feeds/en.ninjs'));
    expect(before).not.toContain(uri);
    expect((await report('KILL', id)).json()).toMatchObject({ gone: true });

    for (const path of ['/feeds/en.ninjs', '/feeds/en/news/politics.ninjs', '/feeds/en/news.ninjs'])
      expect(withdrawnIn(await itemsOf(path))).toContain(uri);
    for (const path of ['/feeds/en/videos.ninjs', '/feeds/ar.ninjs', '/feeds/en/tags/bread.ninjs'])
      expect(withdrawnIn(await itemsOf(path))).not.toContain(uri);
    const atom = (await get('/feeds/en.atom')).body;
    expect(atom).toMatch(new RegExp(`<at:deleted-entry ref="${uri}" when="[^"]+"><link rel="alternate"`));
    expect(faultsOfAtom(atom, 'https://news.example/feeds/en.atom')).toEqual([]);
    const json = await get('/feeds/en.json');
    expect(json.json()).toMatchObject({
      _masthead: {
        withdrawn: [{ id: uri, url: 'https://news.example/en/news/politics/grain-corridor-talks-resume' }],
      },
    });
    expect((await get('/feeds/en.rss')).body).not.toContain(id);

    expect((await report('PUBLISH', id)).json()).toMatchObject({ gone: true });
    expect(withdrawnIn(await itemsOf('/feeds/en.ninjs'))).toEqual(before);
    const schemas = readSchemas(sharedPath(test, 'data/schemas'));
    expect(schemas.json(json.body)).toEqual([]);
  });

  it('is said to be gone however much happens after it, and is taken back from others', async () => {
    const uri = await uriOf('loaf-index-bread-dearer-wheat-cheaper');
    const id = uri.replace('urn:masthead:', '');
    expect((await report('KILL', id)).json()).toMatchObject({ gone: true });
    await app.database.query(
      `INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at)
       SELECT 1000000 + n, CASE WHEN n > 2000 THEN 'KILL' ELSE 'UPDATE' END, 'art_en_' || n, 'EN', 1, now()
         FROM generate_series(1, 3200) n`,
    );
    const sections = withdrawnIn(await itemsOf('/feeds/en/news/economy.ninjs?first=7'));
    const edition = withdrawnIn(await itemsOf('/feeds/en.ninjs?first=7'));
    await app.database.query('DELETE FROM deltas WHERE sequence > 1000000');
    await report('PUBLISH', id);
    expect([sections, edition]).toEqual([expect.arrayContaining([uri]), expect.arrayContaining([uri])]);
  });

  it('is not told of to those who never saw it', async () => {
    const embargoed = '{ edition(code: EN) { article(slug: "port-pay-survey") { id } } }';
    expect((await get(`/graphql?query=${encodeURIComponent(embargoed)}`)).json()).toMatchObject({
      data: { edition: { article: null } },
    });
    const [row] = await app.database.query<{ readonly id: string }>(
      `SELECT id FROM articles WHERE slug = 'port-pay-survey'`,
    );
    const id = row?.id ?? '';
    expect(id).toMatch(/^art_en_/);
    expect((await report('KILL', id)).json()).toMatchObject({ gone: true });
    for (const format of ['atom', 'json', 'ninjs', 'rss'])
      expect((await get(`/feeds/en.${format}?first=100`)).body).not.toContain(id);
  });

  it('stands on the newest part of a feed alone', async () => {
    const id = (await uriOf('loaf-index-bread-dearer-wheat-cheaper')).replace('urn:masthead:', '');
    await report('KILL', id);
    const next = /<([^>]+)>; rel="next"/.exec(String((await get('/feeds/en.ninjs?first=5')).headers.link))?.[1] ?? '';
    expect(withdrawnIn(await itemsOf('/feeds/en.ninjs?first=5'))).toHaveLength(1);
    expect(withdrawnIn(await itemsOf(next.slice('https://news.example'.length)))).toEqual([]);
  });
});
