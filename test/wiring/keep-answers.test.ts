import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runQuery } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const QUERY = '{ edition(code: EN) { articles(first: 3) { nodes { id } } } }';

describe('a gateway whose answers are bounded to a byte', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ swap: { answersLimitBytes: 1 } });
  });
  afterAll(() => app.close());

  it('makes each anew, and says that it kept none', async () => {
    const first = await runQuery(app, QUERY);
    const second = await runQuery(app, QUERY);
    expect(second.headers['cache-status']).toBe(first.headers['cache-status']);
    expect(second.headers['cache-status']).toMatch(/^masthead; fwd=miss$/);
    expect(second.body).toEqual(first.body);
  });
});
