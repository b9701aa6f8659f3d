import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPartner } from '../../../src/partners/partner-desk.ts';
import { declarePartners } from '../../../src/partners/declare-partners.ts';
import { FEED_FORMATS } from '../../../src/syndication/feeds/feed-request.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

/** Stories of the demo newsroom: everybody may have the beginning of the first, and nothing yet of the second. */
const [AGENCY_STORY, EMBARGOED_STORY] = ['nairobi-clinics-evening-vaccination', 'port-pay-survey'];

const TOKEN = 'a-token-of-sixteen-letters';

let app: TestApp;
const keys: Record<string, string> = {};
beforeAll(async () => {
  app = await createTestApp({ variables: { ADMIN_TOKEN: TOKEN } });
  await declarePartners(app.database, app.config);
  for (const plan of ['agency', 'aggregator', 'radio'])
    keys[plan] = (
      await addPartner(app.database, { id: plan, name: `The ${plan}`, plan, expiresAt: null, addresses: [] })
    ).text;
  // The keys are known by the time the server listens.
  await app.start();
});
afterAll(() => app.close());

const get = (url: string, plan?: string) =>
  app.server.inject({ url, headers: plan === undefined ? {} : { authorization: `Bearer ${keys[plan]}` } });

interface NinjsItem {
  readonly uri: string;
  readonly pubStatus: string;
  readonly slugline: string;
  readonly representationType: string;
  readonly embargoedUntil?: string;
  readonly genres: readonly [{ readonly name: string }];
}
const itemsOf = async (plan?: string): Promise<readonly NinjsItem[]> =>
  (await get('/feeds/en.ninjs?first=100', plan)).json<readonly NinjsItem[]>();
const find = (items: readonly NinjsItem[], slug = ''): NinjsItem | undefined =>
  items.find(({ slugline }) => slugline === slug);

describe('a feed for a partner', () => {
  it('holds what its plan does, and for everybody what it held before', async () => {
    const [everybody, agency, aggregator, radio] = await Promise.all(
      [undefined, 'agency', 'aggregator', 'radio'].map(itemsOf),
    );
    for (const items of [everybody, aggregator]) {
      expect(find(items ?? [], AGENCY_STORY)).toMatchObject({ representationType: 'partial' });
      expect(find(items ?? [], EMBARGOED_STORY)).toBeUndefined();
    }
    expect(find(agency ?? [], AGENCY_STORY)).toMatchObject({ representationType: 'full' });
    expect(find(agency ?? [], EMBARGOED_STORY)).toMatchObject({ embargoedUntil: expect.any(String) as string });
    expect(radio?.length).toBeGreaterThan(0);
    expect(radio?.length).toBeLessThan(everybody?.length ?? 0);
    for (const { genres } of radio ?? []) expect(['NEWS', 'ANALYSIS', 'FEATURE']).toContain(genres[0].name);
  });

  it.each(FEED_FORMATS.filter((format) => format !== 'ninjs'))(
    'says nothing of a story under embargo in %s, which could not say that it must wait',
    async (format) => {
      const { body } = await get(`/feeds/en.${format}?first=100`, 'agency');
      expect(body).toContain(AGENCY_STORY);
      expect(body).not.toContain(EMBARGOED_STORY);
    },
  );

  it.each(FEED_FORMATS)('is never the one of another, out of the cache either, in %s', async (format) => {
    const asked = [undefined, 'agency', 'aggregator', 'radio'];
    const url = `/feeds/en.${format}?first=50`;
    const first = await Promise.all(asked.map(async (plan) => (await get(url, plan)).body));
    expect(new Set(first).size).toBe(asked.length);
    for (const [index, plan] of asked.entries()) {
      const again = await get(url, plan);
      expect([again.body, String(again.headers['cache-status'])]).toEqual([
        first[index],
        expect.stringContaining('masthead; hit'),
      ]);
      expect(again.headers['cache-control']).toMatch(plan === undefined ? /^public,/ : /^private,/);
      expect(again.headers.vary).toBe('Accept-Encoding, Authorization, X-Api-Key');
    }
  });

  it('tells of stories that are taken down those partners who could see them', async () => {
    const items = await itemsOf('agency');
    const opinion = items.find(({ genres }) => genres[0].name === 'OPINION')?.uri ?? '';
    const [embargoed, agency] = [EMBARGOED_STORY, AGENCY_STORY].map((slug) => find(items, slug)?.uri ?? '');
    const uris = [embargoed, agency, opinion] as readonly string[];
    const response = await app.server.inject({
      method: 'POST',
      url: '/changes',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: {
        id: 'takedowns',
        changes: uris.map((uri) => ({ kind: 'KILL', articleId: uri.replace('urn:masthead:', '') })),
      },
    });
    expect(response.json()).toMatchObject({ gone: true });
    const toldTo = async (plan?: string): Promise<ReadonlySet<string>> => {
      const withdrawn = (await itemsOf(plan)).filter(({ pubStatus }) => pubStatus === 'canceled');
      return new Set(withdrawn.map(({ uri }) => uri).filter((uri) => uris.includes(uri)));
    };
    expect(await toldTo('agency')).toEqual(new Set(uris));
    expect(await toldTo('aggregator')).toEqual(new Set([agency, opinion]));
    expect(await toldTo()).toEqual(new Set([agency, opinion]));
    // It has no opinion pieces.
    expect(await toldTo('radio')).toEqual(new Set([agency]));
  });

  it('is refused to a key that opens nothing', async () => {
    const response = await app.server.inject({ url: '/feeds/en.rss', headers: { 'x-api-key': 'mh_live_nonsense' } });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});
