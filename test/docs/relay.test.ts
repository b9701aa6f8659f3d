import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEnvironment } from '../../docs/examples/relay/src/create-environment.ts';
import { readSection } from '../../docs/examples/relay/src/read-section.ts';
import { createClientProject, type ClientProject } from '../contracts/client-project.ts';
import { readSchemaText } from '../contracts/schema-text.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';
import { startMoodyGateway, type MoodyGateway } from './moody-lists.ts';
import { readWholeList } from './whole-list.ts';

const EXAMPLE = join(PROJECT_ROOT, 'docs/examples/relay');

/** The files of a folder, by name. */
const filesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe("the Relay example's compiler", () => {
  let project: ClientProject;
  beforeEach(() => {
    project = createClientProject();
    cpSync(join(EXAMPLE, 'src'), join(project.folder, 'src'), { recursive: true });
    project.write('relay.config.json', readFileSync(join(EXAMPLE, 'relay.config.json'), 'utf8'));
    project.write('schema.graphql', readSchemaText());
  });
  afterEach(() => project.remove());

  const compile = () => project.run('relay-compiler/cli.js', 'relay.config.json');

  it('makes what was committed: otherwise run npm run example:relay:compile', () => {
    const committed = filesOf(join(EXAMPLE, 'src/generated'));
    expect(Object.keys(committed).length).toBeGreaterThanOrEqual(4);
    expect(compile()).toMatchObject({ status: 0 });
    expect(filesOf(join(project.folder, 'src/generated'))).toEqual(committed);
  });

  it('refuses a card that asks for what is not there', () => {
    const file = 'src/article-card.ts';
    project.write(file, project.read(file).replace('kicker', 'nickname'));
    const { status, output } = compile();
    expect(status).not.toBe(0);
    expect(output).toContain('nickname');
  });
});

describe('the Relay example', () => {
  let gateway: DemoGateway;
  beforeAll(async () => {
    gateway = await startDemoGateway();
  });
  afterAll(() => gateway.close());

  it("joins the pages of a section in Relay's own store", async () => {
    const environment = createEnvironment(`${gateway.url}/graphql`);
    const whole = await readWholeList(gateway.url, { filter: { sectionPaths: ['news'] } });
    const read = async (further: number) =>
      (await readSection(environment, { edition: 'EN', path: 'news' }, further))?.articles.edges.map(
        ({ node }) => node.id,
      );
    expect(await read(0)).toEqual(whole.slice(0, 10));
    expect(await read(1)).toEqual(whole.slice(0, 20));
    expect(await read(10)).toEqual(whole);
  });

  it('gives null for a section that is not there', async () => {
    const environment = createEnvironment(`${gateway.url}/graphql`);
    expect(await readSection(environment, { edition: 'EN', path: 'news/weather' }, 0)).toBeNull();
  });
});

describe('the Relay example, where a page fails', () => {
  let moody: MoodyGateway;
  beforeAll(async () => {
    moody = await startMoodyGateway();
  });
  afterAll(() => moody.close());

  const read = (path: string, further: number) =>
    readSection(createEnvironment(`${moody.url}/graphql`), { edition: 'EN', path }, further);

  it('fails with the path of its second page, after one further request, and reads it later', async () => {
    moody.mood = 'further pages fail';
    await expect(read('news', 0)).resolves.toMatchObject({ articles: { pageInfo: { hasNextPage: true } } });
    await expect(read('news', 3)).rejects.toThrow(/^node\.articles: postgres failed$/);
    expect(moody.further()).toBe(1);
    moody.cheerUp();
    expect((await read('news', 1))?.articles.edges).toHaveLength(20);
  });

  it('fails with the path of its first page', async () => {
    moody.mood = 'all fail';
    await expect(read('news/politics', 0)).rejects.toThrow(/^edition\.section\.articles: postgres failed$/);
  });
});
