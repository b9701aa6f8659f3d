import { describe, expect, it } from 'vitest';
import { parseJson, type JsonProblemKind } from '../../src/outbound/parse-json.ts';

const JSON_HEADERS = { 'content-type': 'application/json; charset=UTF-8' };
const answer = (body: string | Buffer, headers: Record<string, string> = JSON_HEADERS) => ({
  headers: new Headers(headers),
  body: Buffer.from(body),
});
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('parseJson', () => {
  it.each(['application/json', 'Application/JSON;charset=utf-8', 'application/problem+json', 'text/json'])(
    'reads what is said to be %s',
    (type) => {
      expect(parseJson(answer('{"a":[1,null,"]}"]}', { 'content-type': type }))).toEqual({
        value: { a: [1, null, ']}'] },
      });
    },
  );

  it('leaves out a byte order mark, which plugins of others put first', () => {
    expect(parseJson(answer('\uFEFF[1]'))).toEqual({ value: [1] });
  });

  const problems: readonly (readonly [string, string | Buffer, Record<string, string>, JsonProblemKind])[] = [
    ['a page for people', '<p>', { 'content-type': 'text/html' }, 'content-type'],
    ['a type that only ends so', '[]', { 'content-type': 'application/notjson' }, 'content-type'],
    ['no type', '[]', {}, 'content-type'],
    ['more than it may be', `"${'x'.repeat(1024 * 1024)}"`, JSON_HEADERS, 'too-large'],
    ['bytes of another encoding', Buffer.from('["\xf1"]', 'latin1'), JSON_HEADERS, 'encoding'],
    ['65 lists in each other', nested(65), JSON_HEADERS, 'too-deep'],
    ['100,000 lists in each other', nested(100_000), JSON_HEADERS, 'too-deep'],
    ['a page said to be JSON', '<p>', JSON_HEADERS, 'syntax'],
    ['nothing', '', JSON_HEADERS, 'syntax'],
    ['half of it', '{"a":[1,', JSON_HEADERS, 'syntax'],
    ['__proto__', '[{"a":{"__proto__":{"isAdmin":true}}}]', JSON_HEADERS, 'forbidden-key'],
    ['__proto__ in disguise', '{"\\u005f_proto__":1}', JSON_HEADERS, 'forbidden-key'],
    ['constructor.prototype', '{"constructor":{"prototype":{"a":1}}}', JSON_HEADERS, 'forbidden-key'],
  ];
  it.each(problems)('says what is wrong with %s', (_, body, headers, kind) => {
    expect(parseJson(answer(body, headers))).toMatchObject({ problem: { kind } });
  });

  it('takes brackets in texts for what they are, and words for words', () => {
    expect(parseJson(answer(JSON.stringify('[{'.repeat(100))))).toEqual({ value: '[{'.repeat(100) });
    expect(parseJson(answer(JSON.stringify(['\\"[', 'a"[[']), JSON_HEADERS), { maxDepth: 1 })).toEqual({
      value: ['\\"[', 'a"[['],
    });
    expect(parseJson(answer(nested(64)))).toHaveProperty('value');
    expect(parseJson(answer('{"title":"__proto__ and prototype","prototype":1,"constructor":"Acme"}'))).toHaveProperty(
      'value',
    );
  });

  it('quotes nothing of what it refuses', () => {
    expect(JSON.stringify(parseJson(answer('{"password":"s3cret"')))).not.toContain('s3cret');
  });
});
