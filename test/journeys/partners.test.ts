import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPartner, revokeKeys } from '../../src/partners/partner-desk.ts';
import { declarePartners } from '../../src/partners/declare-partners.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const QUERY = `{ edition(code: EN) {
  agency: article(slug: "nairobi-clinics-evening-vaccination") { rights { syndication } bodyText excerpt }
  embargoed: article(slug: "port-pay-survey") { headline rights { embargoedUntil } }
  articles(first: 3) { totalCount nodes { id rights { syndication } section { path } kind } }
} }`;

/** Of what is there for all: that there is no such article is told for ten seconds at most, by the clock on the wall. */
const KEPT = QUERY.replace(/^.*port-pay-survey.*\n/m, '');

/** As it came out of JSON. */
interface Answer {
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: { readonly edition: any };
}

const lines: string[] = [];
const logger = Object.fromEntries(
  ['debug', 'info', 'warn', 'error', 'fatal'].map((level) => [
    level,
    (...said: unknown[]) => {
      const write = (_key: string, value: unknown) =>
        value instanceof Error ? { message: value.message, stack: value.stack, cause: value.cause } : value;
      lines.push(`${level} ${JSON.stringify(said, write)}`);
    },
  ]),
) as never;

describe('a partner', () => {
  let app: TestApp;
  let url: string;
  const keys: Record<string, string> = {};
  beforeAll(async () => {
    app = await createTestApp({
      variables: { ADMIN_TOKEN: 'the-admin-token-of-tests', ACCESS_LOG_SAMPLE: '1', PROBE_SECONDS: '0' },
      swap: { logger },
    });
    await declarePartners(app.database, app.config);
    const partner = (id: string) => ({ id, name: `The ${id}`, plan: id, expiresAt: null, addresses: [] });
    for (const id of ['agency', 'aggregator', 'radio']) keys[id] = (await addPartner(app.database, partner(id))).text;
    keys['elsewhere'] = (
      await addPartner(app.database, {
        ...partner('agency'),
        id: 'elsewhere',
        name: 'Elsewhere',
        addresses: ['203.0.113.0/24'],
      })
    ).text;
    keys['expired'] = (
      await addPartner(app.database, { ...partner('agency'), id: 'expired', name: 'Expired', expiresAt: 1 })
    ).text;
    keys['revoked'] = (await addPartner(app.database, { ...partner('agency'), id: 'revoked', name: 'Revoked' })).text;
    await revokeKeys(app.database, 'revoked');
    url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => app.close());

  const send = (headers: Readonly<Record<string, string>> = {}, query = QUERY) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  const by = (id: string) => ({ authorization: `Bearer ${keys[id]}` });
  const read = async (headers: Readonly<Record<string, string>> = {}) =>
    ((await (await send(headers)).json()) as Answer).data.edition;

  it('is given what its plan holds, and everybody what they were given before', async () => {
    const everybody = await read();
    expect(everybody).toMatchObject({
      agency: { rights: { syndication: 'EXCERPT' }, bodyText: null },
      embargoed: null,
    });
    expect(await read(by('agency'))).toMatchObject({
      agency: { rights: { syndication: 'FULL' }, bodyText: expect.any(String), excerpt: everybody.agency.excerpt },
      embargoed: { headline: expect.any(String), rights: { embargoedUntil: expect.any(String) } },
      articles: { totalCount: everybody.articles.totalCount + 1 },
    });
    expect(await read(by('aggregator'))).toMatchObject({
      agency: { rights: { syndication: 'EXCERPT' }, bodyText: null, excerpt: everybody.agency.excerpt },
      embargoed: null,
      articles: { totalCount: everybody.articles.totalCount },
    });
    const radio = await read(by('radio'));
    expect(radio.articles.totalCount).toBeLessThan(everybody.articles.totalCount);
    for (const { section, kind } of radio.articles.nodes) {
      expect(section.path).toMatch(/^news/);
      expect(['NEWS', 'ANALYSIS', 'FEATURE']).toContain(kind);
    }
  });

  it('never has the answer of another, nor does everybody, from whichever place it is kept in', async () => {
    const asked = [{}, by('agency'), { 'x-api-key': keys['aggregator'] ?? '' }, by('radio')];
    const first = await Promise.all(asked.map(async (headers) => (await send(headers, KEPT)).text()));
    expect(new Set(first).size).toBe(4);
    for (let round = 0; round < 3; round += 1)
      for (const [index, headers] of asked.entries()) {
        const response = await send(headers, KEPT);
        expect(response.headers.get('cache-status')).toMatch(/hit/);
        expect(await response.text()).toBe(first[index]);
      }
  });

  it('is told to keep an answer to itself', async () => {
    const headersOf = async (headers = {}) => (await send(headers, KEPT)).headers;
    const [everybody, partner] = [await headersOf(), await headersOf(by('agency'))];
    expect(everybody.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(partner.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    for (const headers of [everybody, partner])
      expect(headers.get('vary')).toBe('Accept, Accept-Encoding, Authorization, X-Api-Key');
  });

  it('is refused by the same bytes, whatever is wrong with its key', async () => {
    const wrong = `${keys['agency']?.slice(0, -4)}zzzz`;
    const attempts = [
      ...['elsewhere', 'expired', 'revoked'].map(by),
      { authorization: `Bearer ${wrong}` },
      { authorization: 'Bearer nonsense' },
      { 'x-api-key': wrong },
      { 'x-api-key': '' },
    ];
    const answers = await Promise.all(
      attempts.map(async (headers) => {
        const response = await send(headers);
        const { status } = response;
        return JSON.stringify({
          status,
          body: await response.text(),
          asks: response.headers.get('www-authenticate'),
          kept: response.headers.get('cache-control'),
        });
      }),
    );
    expect([...new Set(answers)]).toEqual([
      JSON.stringify({
        status: 401,
        body: '{"errors":[{"message":"The API key does not open anything","extensions":{"code":"UNAUTHENTICATED"}}]}',
        asks: 'Bearer',
        kept: 'no-store',
      }),
    ]);
    // Whoever runs the gateway is no partner, and is not refused.
    expect((await send({ authorization: 'Bearer the-admin-token-of-tests' })).status).toBe(200);
  });

  it('reads its own terms, in an answer that nobody keeps', async () => {
    const query = '{ viewer { partner { name editions syndication } } }';
    const response = await send(by('radio'), query);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await response.json()).toEqual({
      data: { viewer: { partner: { name: 'The radio', editions: ['EN'], syndication: 'FULL' } } },
    });
    expect(await (await send(by('aggregator'), query)).json()).toMatchObject({
      data: { viewer: { partner: { editions: ['EN', 'AR', 'ES'], syndication: 'EXCERPT' } } },
    });
    expect(await (await send({}, query)).json()).toEqual({ data: { viewer: { partner: null } } });
  });

  it('leaves no key in a log, an error, a figure or a table', async () => {
    const metrics = await (
      await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer the-admin-token-of-tests' } })
    ).text();
    const tables = await app.database.query<{ readonly text: string }>(
      `SELECT coalesce(string_agg(k::text, ' '), '') || coalesce((SELECT string_agg(p::text, ' ') FROM partners p), '') AS text
       FROM partner_keys k`,
    );
    const everything = [...lines, metrics, ...tables.map(({ text }) => text)].join('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const key of Object.values(keys)) {
      expect(everything).not.toContain(key);
      expect(everything).not.toContain(key.slice(-32));
    }
  });
});
