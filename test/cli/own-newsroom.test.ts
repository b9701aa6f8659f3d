import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { articleLine } from '../support/ingest-rig.ts';
import { makeFolder, runMasthead, startMasthead, type ServingMasthead } from '../support/run-masthead.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const NEWSROOM = `
editions:
  - code: es
    name: El Faro
    tagline: Desde la costa.
    language: es-MX
    timeZone: America/Mexico_City
    url: https://faro.example/noticias/
    homeLabel: Portada
    links:
      - { label: Contacto, url: /contacto, rel: contact }
    navigation:
      - { label: Mundo, section: mundo }
      - { label: En vivo, url: 'https://vivo.faro.example/', live: true }
  - code: en
    name: The Lighthouse
    language: en
    timeZone: UTC
`;

const PAGE = `{ editions {
  code name tagline language direction timeZone url live { title } links { label url rel }
  navigation { label url live section { name } } sections { name }
  articles { totalCount nodes { headline url } } trending { headline } mostRead { headline }
} }`;

describe('a newsroom of one’s own, on PostgreSQL', () => {
  const cwd = makeFolder();
  let server: ServingMasthead;
  let variables: Record<string, string>;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const created = await createPostgresTestUrl();
    ({ drop } = created);
    writeFileSync(join(cwd, 'newsroom.yaml'), NEWSROOM);
    variables = {
      DATABASE_URL: created.url,
      MASTHEAD_CONFIG: 'newsroom.yaml',
      METRICS_PORT: String(await pickFreePort()),
    };
    server = await startMasthead({ cwd, variables, lifetime: 'file' });
  });
  afterAll(async () => {
    await server.end();
    await drop();
  });

  const spanish = {
    code: 'ES',
    name: 'El Faro',
    tagline: 'Desde la costa.',
    language: 'es-MX',
    direction: 'LTR',
    timeZone: 'America/Mexico_City',
    url: 'https://faro.example/noticias',
    live: null,
    links: [{ label: 'Contacto', url: 'https://faro.example/noticias/contacto', rel: 'contact' }],
  };
  const live = { label: 'En vivo', url: 'https://vivo.faro.example/', live: false, section: null };

  it('is served as configured, its lists empty and no demo in it', async () => {
    expect(server.said().stdout).toMatch(/^Masthead [\d.]+ serves El Faro, The Lighthouse\n/);
    const empty = { sections: [], articles: { totalCount: 0, nodes: [] }, trending: [], mostRead: [] };
    const { data } = await server.query(PAGE);
    expect(data).toEqual({
      editions: [
        {
          ...spanish,
          ...empty,
          navigation: [{ label: 'Mundo', url: null, live: false, section: null }, live],
        },
        {
          code: 'EN',
          name: 'The Lighthouse',
          tagline: null,
          language: 'en',
          direction: 'LTR',
          timeZone: 'UTC',
          url: `${server.url}/en`,
          live: null,
          links: [],
          navigation: [],
          ...empty,
        },
      ],
    });
    expect((await server.query('{ edition(code: AR) { name } }')).data).toEqual({ edition: null });
  });

  it('is filled by an import, which refuses an edition that is not configured', async () => {
    const publishedAt = '2020-01-01T08:00:00Z';
    const story = articleLine('1', {
      edition: 'es',
      section: 'mundo',
      slug: 'marea',
      headline: 'La marea',
      publishedAt,
    });
    const lines = [
      { type: 'section', edition: 'es', path: 'mundo', name: 'Mundo' },
      story,
      { type: 'section', edition: 'ar', path: 'world', name: 'World' },
      { ...story, edition: 'ar', sourceId: '2' },
    ];
    const importing = runMasthead(['import', '-', '--source', 'faro'], { cwd, variables });
    importing.endInput(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(await importing.ended).toEqual({
      exitStatus: 1,
      stdout: '2 new, 0 updated, 0 unchanged, 2 bad lines skipped\n',
      stderr:
        'line 3: edition: ar is not an edition of this gateway\nline 4: edition: ar is not an edition of this gateway\n',
    });
    await expect
      .poll(async () => (await server.query(PAGE)).data, { timeout: 10_000 })
      .toMatchObject({
        editions: [
          {
            sections: [{ name: 'Mundo' }],
            navigation: [{ label: 'Mundo', live: false, section: { name: 'Mundo' } }, live],
            articles: {
              totalCount: 1,
              nodes: [{ headline: 'La marea', url: 'https://faro.example/noticias/mundo/marea' }],
            },
          },
          { articles: { totalCount: 0 } },
        ],
      });
  }, 30_000);

  it('is checked part by part', async () => {
    const { exitStatus, stdout } = await runMasthead(['check'], { cwd, variables }).ended;
    expect(exitStatus).toBe(0);
    expect(stdout).toMatch(
      /^configuration {2}ok {6}newsroom\.yaml: ES, EN\ndatabase {7}ok {6}PostgreSQL \d+.*, by DATABASE_URL\nedition ES {5}ok {6}1 articles, 1 sections\nedition EN {5}ok {6}0 articles, 0 sections\n$/,
    );
  });

  it('serves metrics on a port of their own, without a token, and nothing else there', async () => {
    const metrics = await fetch(`http://127.0.0.1:${variables['METRICS_PORT']}/metrics`);
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toMatch(/^masthead_\w+(\{.*\})? \d/m);
    expect((await fetch(`http://127.0.0.1:${variables['METRICS_PORT']}/graphql`)).status).toBe(404);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
  });
});
