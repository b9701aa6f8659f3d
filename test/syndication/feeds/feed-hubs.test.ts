import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { readXml } from './check-xml.ts';

const HUBS = ['https://hub.example/', 'https://second.example/hub'];

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ variables: { WEBSUB_HUBS: HUBS.join(',') } });
});
afterAll(() => app.close());

const get = (url: string) => app.server.inject({ url });

describe('a feed of a gateway that has WebSub hubs', () => {
  it.each(['rss', 'atom', 'json', 'ninjs'])('names them, and itself, in the Link header of %s', async (format) => {
    const link = String((await get(`/feeds/en.${format}`)).headers.link);
    for (const hub of HUBS) expect(link).toContain(`<${hub}>; rel="hub"`);
    expect(link).toContain(`<https://news.example/feeds/en.${format}>; rel="self"`);
  });

  it('names them inside where the format can', async () => {
    const hubsIn = (xml: string, path: string): readonly (string | null)[] =>
      readXml(xml, (root) => root.all(path).map((link) => link.attribute('href')));
    expect(hubsIn((await get('/feeds/en.rss')).body, `channel/atom:link[@rel='hub']`)).toEqual(HUBS);
    expect(hubsIn((await get('/feeds/en.atom')).body, `atom:link[@rel='hub']`)).toEqual(HUBS);
    expect((await get('/feeds/en.json')).json()).toMatchObject({ hubs: HUBS.map((url) => ({ type: 'WebSub', url })) });
  });
});
