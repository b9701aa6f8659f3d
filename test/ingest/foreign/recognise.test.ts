import { describe, expect, it } from 'vitest';
import { recognise, type Format } from '../../../src/ingest/foreign/recognise.ts';

const as = (head: string, name = 'news', forced?: Format): string => {
  const { format, layout } = recognise(Buffer.from(head), name, forced);
  return `${format} ${layout}`;
};

describe('recognise', () => {
  it.each([
    ['<?xml version="1.0"?><rss/>', 'feed whole'],
    ['\ufeff  <feed/>', 'feed whole'],
    ['{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}', 'feed whole'],
    ['{"uri": "urn:1"}', 'ninjs lines'],
    ['{"uri": "urn:1"}\n{"uri": "urn:2"}\n', 'ninjs lines'],
    ['{\n  "uri": "urn:1"\n}', 'ninjs whole'],
    ['[{"headlines": [{"uri": 1}], "uri": "urn:1"}]', 'ninjs whole'],
    [`{"bodies": [{"value": "${'x'.repeat(70_000)}`, 'ninjs lines'],
    ['{"sourceId": "1", "edition": "en"}', 'ndjson lines'],
    ['{"type": "section", "edition": "en"}', 'ndjson lines'],
    ['', 'ndjson lines'],
    ['words', 'ndjson lines'],
  ])('tells by what is in it: %.60s', (head, expected) => {
    expect(as(head)).toBe(expected);
  });

  it('tells UTF-16 too', () => {
    expect(recognise(Buffer.from('\ufeff<rss/>', 'utf16le'), 'x').format).toBe('feed');
  });

  it('tells by the name where the content says nothing', () => {
    expect(as('{"a": 1}', 'a.ndjson')).toBe('ndjson lines');
    expect(as('words', 'a.rss')).toBe('feed whole');
  });

  it('does as it is told', () => {
    expect(as('{"uri": "urn:1", "sourceId": "1"}', 'news', 'ninjs')).toBe('ninjs lines');
    expect(as('<rss/>', 'news', 'ndjson')).toBe('ndjson lines');
  });

  it('asks when it may be two things, and says so when it is none', () => {
    expect(() => as('{"uri": "urn:1", "sourceId": "1"}')).toThrow(
      'it may be ninjs (it has a uri) or import documents (a sourceId): say which with --format ninjs, feed or ndjson',
    );
    expect(() => as('{"a": {"uri": 1}}')).toThrow(
      /^JSON, but neither ninjs \(no uri\), a JSON Feed \(no version\) nor import documents/,
    );
    expect(() => as('[1, 2]')).toThrow(/^JSON, but neither/);
    expect(() => as('[{"sourceId": "1"}]')).toThrow('a list of import documents: give one a line');
  });

  it('looks at a hostile beginning once', () => {
    const started = process.threadCpuUsage();
    expect(() => as(`{${'\\"'.repeat(32_000)}`)).toThrow(/^JSON, but/);
    expect(() => as('['.repeat(64_000))).toThrow(/^JSON, but/);
    expect(process.threadCpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });
});
