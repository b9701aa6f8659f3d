import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readForeign } from '../../support/foreign-rig.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

interface Item {
  readonly id: string;
  readonly title: string;
}

describe.each(['rss', 'atom', 'json', 'ninjs'] as const)('a feed of %s', (format) => {
  it.each(['en', 'ar', 'es'] as const)(
    'is read again as the stories it was written of, in the edition %s',
    async (edition) => {
      const body = async (ending: string): Promise<string> =>
        (await app.server.inject({ url: `/feeds/${edition}.${ending}?first=100` })).body;
      const { items } = JSON.parse(await body('json')) as { readonly items: readonly Item[] };
      const { articles, bad } = await readForeign(await body(format));
      expect(bad).toEqual([]);
      expect(articles).toHaveLength(items.length);
      const said = articles.map(({ sourceId, headline, edition: code }) => [sourceId, `${code}: ${headline}`]);
      const written = items.map(({ id, title }) => [id, `${edition.toUpperCase()}: ${title}`]);
      expect(Object.fromEntries(said)).toEqual(Object.fromEntries(written));
      // Of what is given as an excerpt ninjs has a description and no body.
      for (const { html, standfirst } of articles)
        expect(`${html ?? ''}${standfirst ?? ''}`.length).toBeGreaterThan(50);
    },
  );
});
