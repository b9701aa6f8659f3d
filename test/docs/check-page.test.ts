import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPage } from './check-page.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemoGateway();
});
afterAll(() => gateway.close());

const check = (...lines: readonly string[]): Promise<readonly string[]> =>
  checkPage(lines.join('\n'), { urlOf: async () => gateway.url });

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

const QUERY = fence('graphql', 'query Name($edition: EditionCode!) { edition(code: $edition) { id name tagline } }');
const VARIABLES = fence('json', '{"edition": "EN"}');
const CURL = `curl -sG localhost:4000/graphql --data-urlencode 'query={ editions { code } }'`;

describe('checkPage', () => {
  it('finds nothing wrong with what is right', async () => {
    const editions = fence('json', '{"data": {"editions": [{"code": "EN"}, "…"]}}');
    const faults = await check(
      QUERY,
      VARIABLES,
      fence('json', '{"data": {"edition": {"name": "Meridian English", "tagline": "News and…"}}}'),
      fence('json', '{"edition": "AR"}'),
      'It costs 1 of 5,000.',
      fence('sh', CURL),
      editions,
      fence('sh', CURL.replace('-sG', '-siG')),
      fence('http', 'HTTP/1.1 200 OK\ncache-status: masthead; hit; ttl=…'),
      fence('sh', `${CURL} | tr , '\\n'`),
      fence('text', '{"data":…"EN"}\n…'),
    );
    expect(faults).toEqual([]);
  });

  it.each([
    ['another value', '{"data": {"edition": {"name": "Meridian"}}}', /shows "Meridian", it is "Meridian English"/],
    ['a beginning that is none', '{"data": {"edition": {"name": "Meridian Ar…"}}}', /it is "Meridian English"/],
    ['a field that is not asked for', '{"data": {"edition": {"code": "EN"}}}', /code: is not in the answer/],
    ['null', '{"data": {"edition": null}}', /shows null/],
    ['an error', '{"errors": ["…"]}', /errors: is not in the answer/],
  ])('notices %s in an answer', async (_, answer, fault) => {
    expect((await check(QUERY, VARIABLES, fence('json', answer))).join()).toMatch(fault);
  });

  it.each([
    ['lists that are cut where nothing follows', '[{"code": "EN"}, {"code": "AR"}, {"code": "ES"}, "…"]'],
    ['lists that end too soon', '[{"code": "EN"}]'],
    ['lists in another order', '[{"code": "AR"}, "…"]'],
  ])('notices %s', async (_, editions) => {
    expect(await check(fence('sh', CURL), fence('json', `{"data": {"editions": ${editions}}}`))).toHaveLength(1);
  });

  it('notices an error that the page does not show', async () => {
    expect((await check(QUERY)).join()).toMatch(/errors that the page does not show/);
    expect((await check(fence('graphql', '{ editions { nickname } }'))).join()).toMatch(/nickname/);
  });

  it('notices another cost, another head, other lines and a command that fails', async () => {
    expect((await check(QUERY, VARIABLES, 'It costs 2 of 5,000.')).join()).toMatch(/it costs 1$/);
    const head = fence('http', 'HTTP/1.1 304 Not Modified\ncache-control: no-store');
    expect(await check(fence('sh', CURL.replace('-sG', '-siG')), head)).toHaveLength(2);
    expect(await check(fence('sh', CURL), fence('text', '{"data":null}'))).toHaveLength(1);
    expect((await check(fence('sh', `${CURL} | grep nothing`))).join()).toMatch(/ends with 1/);
  });

  it('refuses what nobody can check', async () => {
    expect((await check(fence('sh', 'echo hello'))).join()).toMatch(/nobody can run it/);
    expect((await check(fence('ts', 'const x = 1;'))).join()).toMatch(/stands in none of the files/);
    await expect(check(fence('html', '<p>'))).rejects.toThrow('nobody can check a block of "html"');
    await expect(check(fence('json', '{}'))).rejects.toThrow('nobody can check a block of "json"');
    await expect(check(fence('', 'x'))).rejects.toThrow('nobody can check');
    await expect(check(`- a list\n  ${fence('sh', CURL)}`)).rejects.toThrow('must not be indented');
    expect((await check('<!-- while the moon is full -->', QUERY, VARIABLES)).join()).toMatch(/moon is full/);
  });
});
