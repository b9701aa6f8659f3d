import { describe, expect, it } from 'vitest';
import { createFieldLog } from '../../../src/ingest/foreign/field-log.ts';
import { createJsonItem } from '../../../src/ingest/foreign/json-item.ts';

const read = (text: string, take: (root: ReturnType<typeof createJsonItem>['root']) => void) => {
  const log = createFieldLog();
  const item = createJsonItem(JSON.parse(text), log);
  take(item.root);
  item.finish();
  const { mapped, dropped } = log.report();
  return [
    ...mapped.map(({ field, to, count }) => `${field} → ${to} (${count})`),
    ...dropped.map(({ field, count }) => `${field} (${count})`),
  ];
};

describe('createJsonItem', () => {
  it('counts every value once: where it went, or that it was dropped', () => {
    const fields = read('{"a": [{"b": 1, "c": "x"}, {"b": 2, "c": ""}], "d": {"e": null}}', (root) => {
      for (const one of root.get('a').members()) one.get('b').take('headline');
    });
    expect(fields).toEqual(['a[].b → headline (2)', 'a[].c (2)', 'd.e (1)']);
  });

  it('names all that a value became, once', () => {
    expect(read('{"a": "x"}', (root) => ['p', 'q', 'p'].forEach((target) => root.get('a').take(target)))).toEqual([
      'a → p, q (1)',
    ]);
  });

  it('does not count what was not there, or had no words, as taken', () => {
    expect(
      read('{"a": " "}', (root) => {
        root.get('a').take('headline');
        root.get('b').get('c').take('headline');
      }),
    ).toEqual(['a (1)']);
  });

  it('reads keys in small letters as ninjs 2 has them', () => {
    expect(read('{"versioncreated": "x"}', (root) => root.get('versionCreated').take('updatedAt'))).toEqual([
      'versioncreated → updatedAt (1)',
    ]);
  });

  it('lets no key pass for a path, or for what every object has', () => {
    const text = '{"a/b": 1, "a": {"b": 2}, "__proto__": {"headline": "x"}, "constructor": 3}';
    expect(
      read(text, (root) => {
        root.get('a').get('b').take('headline');
        expect(root.get('headline').text()).toBeUndefined();
        expect(root.get('toString').value).toBeUndefined();
      }),
    ).toEqual(['a.b → headline (1)', 'a/b (1)', '__proto__.headline (1)', 'constructor (1)']);
  });

  it('refuses what nests without end', () => {
    const log = createFieldLog();
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
    expect(() => createJsonItem(deep, log)).toThrow('nests deeper than 64');
  });
});

describe('createFieldLog', () => {
  it('lists a thousand fields and counts the others', () => {
    const log = createFieldLog();
    for (let index = 0; index < 1_500; index += 1) log.add(`key${index}`, undefined);
    log.add('key0', undefined);
    log.add('x'.repeat(10_000), undefined);
    expect(log.report()).toMatchObject({ unlisted: 501 });
    expect(log.report().dropped).toHaveLength(1_000);
    expect(log.report().dropped[0]).toEqual({ field: 'key0', count: 2 });
  });
});
