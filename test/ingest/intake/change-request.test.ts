import { describe, expect, it } from 'vitest';
import { idOf } from '../../../src/content/ids.ts';
import { GatewayError } from '../../../src/errors.ts';
import { createChangeRequestParser, isSoftRequest } from '../../../src/ingest/intake/change-request.ts';

const parse = createChangeRequestParser(['EN', 'AR']);
const article = idOf.article('EN', 'test', '1');

const refusal = (body: unknown): string => {
  try {
    parse(body);
  } catch (error) {
    expect(error).toBeInstanceOf(GatewayError);
    expect((error as GatewayError).code).toBe('BAD_REQUEST');
    return (error as GatewayError).message;
  }
  throw new Error('It was taken');
};

describe('createChangeRequestParser', () => {
  it('reads what happened to articles, and tags in the form in which readers record them', () => {
    const changes = [
      { kind: 'KILL', articleId: article },
      { tags: ['SEARCH:en', 'group:AR:g'], soft: false },
    ];
    expect(parse({ id: 'cms-4711/2', changes })).toEqual({
      id: 'cms-4711/2',
      changes: [
        { kind: 'KILL', articleId: article, edition: 'EN' },
        {
          tags: [
            { tag: 'search:en', edition: 'EN' },
            { tag: 'group:ar:g', edition: 'AR' },
          ],
          isSoft: false,
        },
      ],
    });
  });

  it('says why an id must be given', () => {
    const changes = [{ tags: ['search:en'] }];
    expect(refusal({ changes })).toBe(
      'id: must be given, a new one for every request: sent again with the same id after a failure, a request is recorded only once',
    );
    for (const id of ['', 'a b', 'é', 'a\n', 'x'.repeat(201)])
      expect(refusal({ id, changes })).toBe('id: must be 1 to 200 letters, digits or signs of ASCII, without blanks');
  });

  it('names everything that is wrong at once, each with its place', () => {
    const changes = [
      { kind: 'GONE', articleId: 'x' },
      { tags: ['search:en', 'search:es', 'front page'], soft: 'yes' },
      { kind: 'KILL', articleId: article, soft: true },
      { kind: 'KILL', articleId: idOf.article('ES', 'test', '1') },
      { kind: 'KILL', articleId: idOf.section('EN', 'news') },
      { tags: [], kind: 'KILL', articleId: article },
      'KILL',
      {},
    ];
    const said = refusal({ changes, extra: 1 }).split('; ');
    expect(said.map((line) => line.slice(0, 100))).toEqual([
      'id: must be given, a new one for every request: sent again with the same id after a failure, a reque',
      'changes.0.kind: Invalid option: expected one of "PUBLISH"|"UPDATE"|"CORRECTION"|"EMBARGO_LIFT"|"RIGH',
      'changes.0.articleId: "x" is no id of an article',
      'changes.1.tags.1: "search:es" is of no edition that is served here',
      'changes.1.tags.2: "front page" is no tag: docs/changes.md lists them',
      'changes.1.soft: expected boolean, received string',
      'changes.2.soft: goes with tags alone: what is said of an article is never soft',
      `changes.3.articleId: "${idOf.article('ES', 'test', '1')}" is of no edition that is served here`,
      `changes.4.articleId: "${idOf.section('EN', 'news')}" is no id of an article`,
      'changes.5.tags: must hold at least one tag',
      'changes.5.kind: goes with articleId, not with tags',
      'changes.5.articleId: goes with kind, not with tags',
      'changes.6: expected object, received string',
      expect.stringMatching(/^changes\.7\.kind: /) as string,
      expect.stringMatching(/^changes\.7\.articleId: /) as string,
      'Unrecognized key: "extra"',
    ]);
  });

  it.each([null, [], 'x', 7])('refuses a body that is no object: %j', (body) => {
    expect(refusal(body)).toMatch(/^expected object, received /);
  });

  it('does not send a hostile body back', () => {
    const tags = Array.from({ length: 5_000 }, () => 'x'.repeat(500));
    const said = refusal({ id: 'a', changes: [{ tags }] });
    expect(said.length).toBeLessThan(9_000);
    expect(said).toMatch(/and 4950 more$/);
  });

  it('takes 1,000 changes and 10,000 tags and no more', () => {
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `group:en:${index}`);
    const kills = (count: number) => Array.from({ length: count }, () => ({ kind: 'KILL', articleId: article }));
    expect(parse({ id: 'a', changes: kills(1_000) }).changes).toHaveLength(1_000);
    expect(refusal({ id: 'a', changes: kills(1_001) })).toBe('changes: must hold at most 1000 changes');
    expect(parse({ id: 'a', changes: [{ tags: tags(5_000) }, { tags: tags(5_000) }] }).changes).toHaveLength(2);
    expect(refusal({ id: 'a', changes: [{ tags: tags(5_000) }, { tags: tags(5_001) }] })).toBe(
      'changes: must hold at most 10000 tags, all changes together',
    );
    expect(refusal({ id: 'a', changes: [] })).toBe('changes: must hold at least one change');
  });

  it('takes soft changes by themselves, since their answer is never "gone"', () => {
    const soft = { tags: ['search:en'], soft: true };
    expect(isSoftRequest(parse({ id: 'a', changes: [soft, soft] }))).toBe(true);
    expect(isSoftRequest(parse({ id: 'a', changes: [{ tags: ['search:en'] }] }))).toBe(false);
    for (const other of [{ tags: ['search:en'] }, { kind: 'KILL', articleId: article }])
      expect(refusal({ id: 'a', changes: [soft, other] })).toBe(
        'changes: must all be soft, or none: one answer cannot say "gone" of some of them',
      );
  });
});
