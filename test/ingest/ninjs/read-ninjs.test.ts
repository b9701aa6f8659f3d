import { describe, expect, it } from 'vitest';
import { droppedOf, readForeign } from '../../support/foreign-rig.ts';

const item = (uri: string, fields: object = {}): string =>
  JSON.stringify({ uri, language: 'en', versionCreated: '2026-11-20T08:00:00Z', title: `Story ${uri}`, ...fields });

describe('a file of ninjs', () => {
  it('is one item, a list, or a line for each', async () => {
    const indented = JSON.stringify(JSON.parse(item('1')), null, 2);
    for (const text of [item('1'), indented, `[${item('1')}]`, `\ufeff${item('1')}\r\n\n`])
      expect((await readForeign(text)).articles).toHaveLength(1);
    expect((await readForeign(`[${item('1')},${item('2')}]`)).articles).toHaveLength(2);
    expect((await readForeign(`${item('1')}\n\n${item('2')}`)).articles).toHaveLength(2);
  });

  it('is read in UTF-16 too, on one line or several, but not with an item a line', async () => {
    const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const text of [item('1'), `${item('1')}\n`, JSON.stringify(JSON.parse(item('1')), null, 2)])
      expect((await readForeign(utf16(text))).articles).toHaveLength(1);
    await expect(readForeign(utf16(`${item('1')}\n${item('2')}`))).rejects.toThrow(
      'one item a line (NDJSON) is read as UTF-8, and this is UTF-16: convert it',
    );
  });

  it('names bad items by their number and takes the others', async () => {
    const { articles, bad } = await readForeign(`[${item('1')}, 5, null, ["x"], ${item('')}, ${item('6')}]`);
    expect(articles.map(({ sourceId }) => sourceId)).toEqual(['1', '6']);
    expect(bad).toEqual([
      '2: not a JSON object, as an item is',
      '3: not a JSON object, as an item is',
      '4: not a JSON object, as an item is',
      '5: uri: missing, so nothing tells it from others',
    ]);
    const lines = await readForeign(`${item('1')}\n\n{"uri": \n${item('3')}`);
    expect(lines.articles).toHaveLength(2);
    expect(lines.bad).toEqual([expect.stringMatching(/^2: not JSON: /) as string]);
  });

  it('takes the first of two items of one id, and says so', async () => {
    const { articles, bad } = await readForeign(`${item('1')}\n${item('2')}\n${item('1', { title: 'Other' })}`);
    expect(articles.map(({ headline }) => headline)).toEqual(['Story 1', 'Story 2']);
    expect(bad).toEqual(['3: its id "1" is that of item 1, which was taken: a repetition']);
  });

  it('does not count an item that was left out as the first', async () => {
    expect((await readForeign(`${item('1', { type: 'event' })}\n${item('1')}`)).articles).toHaveLength(1);
  });

  it('is refused whole when it is no JSON, or is cut off', async () => {
    await expect(readForeign(`[${item('1')}, {"uri": "2"`)).rejects.toThrow(/^not JSON: .*position/);
    await expect(readForeign('{\n  "uri": "1",\n')).rejects.toThrow(/^not JSON: /);
  });

  it('is refused whole when its bytes are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`[\n${item('1').slice(0, -1)}, "x": "`),
      Buffer.from([0xce]),
      Buffer.from('"}]'),
    ]);
    await expect(readForeign(bytes)).rejects.toThrow(/^line 2, column \d+: bytes that are not UTF-8/);
    const lines = Buffer.concat([Buffer.from(`${item('1')}\n`), Buffer.from([0xce]), Buffer.from(`\n${item('2')}`)]);
    expect(await readForeign(lines)).toMatchObject({ bad: ['2: not UTF-8'] });
  });

  it('bears what nests without end, long keys, and keys that every object has', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = item('1').replace('{', `{"deep": ${deep},`);
    expect((await readForeign(`[${text}]`, {}, 'ninjs')).bad).toEqual(['1: nests deeper than 64']);
    const keys = item('1').replace(
      '{',
      `{"__proto__": {"headline": "x"}, "constructor": {"prototype": 1}, "${'k'.repeat(1_000_000)}": 1,`,
    );
    const heard = await readForeign(keys, {}, 'ninjs');
    expect(heard.bad).toEqual([]);
    expect(droppedOf(heard)).toEqual(['__proto__.headline', 'constructor.prototype', `${'k'.repeat(200)}…`]);
    expect(({} as { headline?: string }).headline).toBeUndefined();
  });

  it('is not led to hold more than it is long by a long key, or by many values', async () => {
    const key = 'k'.repeat(4_000_000);
    const zeros = (count: number): string => `[${'0,'.repeat(count - 1)}0]`;
    const before = process.memoryUsage().rss;
    const heard = await readForeign(item('1').replace('{', `{"${key}": ${zeros(2_000)},`), {}, 'ninjs');
    expect(heard.bad).toEqual([]);
    expect(heard.fields.dropped).toContainEqual({ field: `${'k'.repeat(200)}…`, count: 2_000 });
    const many = 'more than 500,000 values, which is the most that is read at once';
    await expect(readForeign(zeros(7_500_000), {}, 'ninjs')).rejects.toThrow(many);
    await expect(readForeign(`[${item('1').replace('{', `{"x": ${zeros(7_500_000)},`)}]`, {}, 'ninjs')).rejects.toThrow(
      many,
    );
    const line = item('1').replace('{', `{"x": ${zeros(3_500_000)},`);
    expect((await readForeign(`${line}\n${item('2')}`, {}, 'ninjs')).bad).toEqual([`1: ${many}`]);
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(600);
  });

  it('refuses texts that no database holds', async () => {
    expect((await readForeign(item('1', { title: 'a\0b' }))).bad).toEqual(['1: headline: holds a NUL character']);
    expect((await readForeign(item('1', { title: 'a\ud800b' }))).bad).toEqual([
      '1: headline: holds half a character (a lone surrogate)',
    ]);
  });

  it('is refused when it is longer than fits, before it is in memory', async () => {
    const bytes = Buffer.concat([
      Buffer.from('[{"uri": "1", "x": "'),
      Buffer.alloc(16 * 1024 * 1024, 0x61),
      Buffer.from('"}]'),
    ]);
    await expect(readForeign(bytes)).rejects.toThrow('longer than 16 MB, which is the most that is read at once');
    const line = Buffer.concat([
      Buffer.from('{"uri": "1", "x": "'),
      Buffer.alloc(9 * 1024 * 1024, 0x61),
      Buffer.from(`"}\n${item('2')}`),
    ]);
    expect(await readForeign(line)).toMatchObject({ bad: ['1: longer than 8 MB'], articles: [{ sourceId: '2' }] });
  });
});
