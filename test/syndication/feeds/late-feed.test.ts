import { expect, it, onTestFinished } from 'vitest';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { createGate } from '../../support/gate.ts';
import { createTestApp } from '../../support/test-app.ts';

it('a feed that is late says which store it waited for, and so do the figures', async () => {
  const gate = createGate();
  let stores: Stores | undefined;
  const app = await createTestApp({
    variables: {
      OPERATION_TIMEOUT_MS: '100',
      ADMIN_TOKEN: 'a-token-of-sixteen-letters',
      DATABASE_URL: 'postgres://localhost/x',
    },
    swap: {
      storesOf: () => {
        if (stores === undefined) throw new TypeError('The stores stand on nothing yet');
        return stores;
      },
    },
  });
  onTestFinished(async () => {
    gate.open();
    await app.close();
  });
  const own = createPostgresStores(app.database);
  const list: Stores['articles']['list'] = async (queries, view) => {
    await gate.pass();
    return own.articles.list(queries, view);
  };
  stores = { ...own, articles: { ...own.articles, list } };
  for (const url of ['/feeds/en.rss', '/sitemaps/en-news.xml']) {
    const late = await app.server.inject({ url });
    expect(late.statusCode).toBe(504);
    expect(late.json()).toMatchObject({ code: 'STORE_TIMEOUT', detail: 'postgres did not answer in time' });
  }
  const figures = await app.server.inject({
    url: '/metrics',
    headers: { authorization: 'Bearer a-token-of-sixteen-letters' },
  });
  expect(figures.body).toMatch(/masthead_faults_total\{code="STORE_TIMEOUT",store="postgres"\} 2/);
});
