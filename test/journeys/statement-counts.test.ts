import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { describeUpstreamCalls, MOST_CALLS, MOST_CALLS_RESIDENT, upstreamOf } from '../contracts/upstream-calls.ts';
import { linesOf } from '../support/import-lines.ts';
import { runQuery, type QueryAnswer } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { databaseKinds } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { createStatementCount } from './count-statements.ts';
import { cold, DEMO_EDITIONS, DEMO_VARIABLES, OPERATIONS, readOperation, type OperationName } from './operations.ts';

const ADMIN_TOKEN = 'correct-horse-battery-staple';

/** The sizes of pages made as long as they may be. */
const LONGEST: Readonly<Record<OperationName, Readonly<Record<string, number>>>> = {
  'article-page': {},
  'front-page': { perSection: 100 },
  'section-listing': { first: 100 },
  search: { first: 100 },
};

/** How many rows the longest page of each then has, so that it is known to be long. */
const ROWS: Readonly<Record<OperationName, number>> = {
  'article-page': 0,
  'front-page': 100,
  'section-listing': 100,
  search: 100,
};

const longestPage = ({ edition }: QueryAnswer['data']): number =>
  Math.max(
    edition.section?.articles.edges.length ?? 0,
    edition.search?.edges.length ?? 0,
    ...(edition.sections ?? []).map(({ articles }: QueryAnswer['data']) => articles.nodes.length),
  );

const SECTIONS = { EN: 'news/politics', AR: 'أخبار/سياسة', ES: 'noticias/politica' } as const;
const WORDS = { EN: 'grain', AR: 'الحبوب', ES: 'granos' } as const;
/** About ten times what the demo newsroom has. */
const MORE_ARTICLES = 160;

const manyDocuments = DEMO_EDITIONS.flatMap((code) =>
  Array.from({ length: MORE_ARTICLES }, (_, index) => ({
    sourceId: `more-${index}`,
    edition: code,
    slug: `more-${index}`,
    headline: `${WORDS[code]} ${index}`,
    publishedAt: new Date(Date.now() - (index + 1) * 60_000).toISOString(),
    section: SECTIONS[code],
    authors: [{ slug: `more-author-${index}`, name: `Author ${index}` }],
    tags: Array.from({ length: 3 }, (_unused, tag) => ({
      slug: `more-tag-${index}-${tag}`,
      name: `Tag ${index} ${tag}`,
    })),
    html: `<p>${WORDS[code]}</p>`,
  })),
);

describe.each(databaseKinds)('the statements of an answer, on %s', (kind) => {
  const statements = createStatementCount();
  let app: TestApp;
  beforeAll(async () => {
    // Out of nothing kept.
    const variables = { ADMIN_TOKEN, ENTITY_TIER_MEGABYTES: '0' };
    app = await createTestApp({ kind, observe: statements.observe, variables });
  });
  afterAll(() => app.close());

  const ask = async (query: string, variables: object = {}) => {
    let answer: QueryAnswer | undefined;
    const sent = await statements.during(async () => {
      answer = await runQuery(app, cold(query), { ...variables });
    });
    expect(answer?.errors).toEqual([]);
    return { sent, data: answer?.data };
  };

  const askAsAdmin = (query: string, variables: object): Promise<QueryAnswer> =>
    runQuery(app, query, { ...variables }, { authorization: `Bearer ${ADMIN_TOKEN}` });
  describeUpstreamCalls(() => ({ ask: askAsAdmin, kinds: { [app.database.kind]: 'postgres' } }), DEMO_VARIABLES);

  it.each(OPERATIONS)('%s: an administrator is told of every statement the driver sent', async (name) => {
    let answer: QueryAnswer | undefined;
    const sent = await statements.during(async () => {
      answer = await askAsAdmin(cold(readOperation(name)), DEMO_VARIABLES.EN[name]);
    });
    expect(sent.length).toBeGreaterThanOrEqual(3);
    expect(answer && upstreamOf(answer)).toEqual({
      [app.database.kind]: { calls: sent.length, milliseconds: expect.any(Number) },
    });
  });

  it('a warm answer sends none', async () => {
    const query = cold(readOperation('front-page'));
    await runQuery(app, query, DEMO_VARIABLES.EN['front-page']);
    expect(await statements.during(() => runQuery(app, query, DEMO_VARIABLES.EN['front-page']))).toEqual([]);
  });

  it('an article at its address and its text are one statement', async () => {
    const slug = DEMO_VARIABLES.EN['article-page']['slug'];
    const article = (selection: string) =>
      ask(`query ($slug: String!) { edition(code: EN) { article(slug: $slug) { ${selection} } } }`, { slug });
    const { sent, data } = await article('headline bodyText');
    expect(data.edition.article.bodyText.length).toBeGreaterThan(100);
    // Besides, addresses of stories that the text leads to.
    expect(sent.filter((statement) => !/\baddresses\b/.test(statement))).toEqual([]);
  });

  it('the lists of a whole menu are one statement, whatever their filters and orders', async () => {
    const { sent, data } = await ask(`{
      edition(code: EN) {
        navigation {
          section { articles(first: 5) { nodes { id } } }
          children {
            section {
              articles(first: 5) { nodes { id } }
              oldest: articles(last: 3) { nodes { id } }
              updated: articles(first: 2, orderBy: UPDATED_DESC) { nodes { id } }
              opinions: articles(first: 2, filter: { kinds: [OPINION], tagSlugs: ["grain"] }) { nodes { id } }
            }
          }
        }
      }
    }`);
    expect(data.edition.navigation[0].children.length).toBeGreaterThan(5);
    expect(data.edition.navigation[0].section.articles.nodes).toHaveLength(5);
    expect(sent.filter((statement) => /\bmemberships\b/.test(statement))).toHaveLength(1);
    // The tree, and the lists.
    expect(sent).toHaveLength(2);
  });

  it('the counts of every section are one statement', async () => {
    const { sent } = await ask(`{
      edition(code: EN) {
        sections { articles(first: 1) { totalCount } videos: articles(first: 1, filter: { kinds: [VIDEO] }) { totalCount } }
      }
    }`);
    // The tree, the lists, the counts.
    expect(sent).toHaveLength(3);
  });

  it('a count costs nothing when it is not asked for', async () => {
    const list = await ask(
      '{ edition(code: EN) { articles { nodes { id } } search(query: "grain") { nodes { id } } } }',
    );
    expect(list.sent).toHaveLength(2);
    const counted = await ask(
      '{ edition(code: EN) { articles { totalCount } search(query: "grain") { totalCount } } }',
    );
    expect(counted.sent).toHaveLength(4);
  });

  it('translations, authors and tags of a hundred articles are one statement each', async () => {
    const { sent } = await ask(`{
      edition(code: EN) {
        articles(first: 100) {
          nodes { tags { translations { name } } authors { translations { name } } translations { headline } excerpt engagement { views } }
        }
      }
    }`);
    // Articles; their tags, authors, versions, bodies, counters; read-more addresses; groups of tags and of authors.
    expect(sent.length).toBeLessThanOrEqual(9);
  });

  describe('with ten times the articles and the longest pages', () => {
    beforeAll(async () => {
      const { database, config } = app;
      const dependencies = { database, editions: config.editions, clock: { now: Date.now } };
      const { imported } = await importDocuments(dependencies, linesOf(manyDocuments), { source: 'more' });
      if (imported !== manyDocuments.length) throw new Error(`${imported} articles came in`);
      await app.changes.step();
    });

    it.each(OPERATIONS)('%s: no more', async (name) => {
      for (const code of DEMO_EDITIONS) {
        const { sent, data } = await ask(readOperation(name), { ...DEMO_VARIABLES[code][name], ...LONGEST[name] });
        expect(sent.length).toBeLessThanOrEqual(MOST_CALLS.postgres[name]);
        expect(longestPage(data)).toBe(ROWS[name]);
      }
    });
  });
});

describe('the statements of an answer that nobody has made, where one like it was made', () => {
  const statements = createStatementCount();
  let app: TestApp;
  beforeAll(async () => {
    // A search is ranked as of its instant, which its cursors hold.
    app = await createTestApp({ observe: statements.observe, clock: createWoundClock(Date.now()) });
    // What was said of the demo newsroom ends nothing on the way.
    await app.changes.step();
  });
  afterAll(() => app.close());

  it.each(OPERATIONS)('%s: what it names by id, slug or address is kept', async (name) => {
    for (const code of DEMO_EDITIONS) {
      const ask = () => runQuery(app, cold(readOperation(name)), DEMO_VARIABLES[code][name]);
      const first = await ask();
      let again: QueryAnswer | undefined;
      const sent = await statements.during(async () => {
        again = await ask();
      });
      expect(again?.data).toEqual(first.data);
      expect({ code, isKept: sent.length <= MOST_CALLS_RESIDENT[name] }).toEqual({ code, isKept: true });
    }
  });
});
