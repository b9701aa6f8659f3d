import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { parseCacheTag } from '../../src/content/parse-cache-tag.ts';
import { tagOf } from '../../src/content/tags.ts';
import { createChangeRequestParser, REPORTED_KINDS } from '../../src/ingest/intake/change-request.ts';
import { PROJECT_ROOT } from '../support/shared.ts';

const guide = readFileSync(join(PROJECT_ROOT, 'docs/changes.md'), 'utf8');

/** First cells of the rows of the table under `column`. */
const rowsOf = (column: string): readonly string[] => {
  const lines = guide.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${column} |`));
  const rest = lines.slice(start + 2);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => line.split('|')[1] ?? '');
};

const quotedIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, quoted = '']) => quoted);

const LETTERS = idOf.article('EN', 'test', '1').slice('art_en_'.length);

describe('docs/changes.md', () => {
  it('lists every kind, and no other', () => {
    expect(rowsOf('`kind`').flatMap(quotedIn)).toEqual(REPORTED_KINDS);
  });

  it('lists tags that are taken, of every word of the vocabulary', () => {
    const tags = rowsOf('tag')
      .flatMap(quotedIn)
      .map((tag) => tag.replace('…', tag.includes('_en_…') ? LETTERS : 'x'));
    expect(tags.filter((tag) => parseCacheTag(tag) === null)).toEqual([]);
    expect(new Set(tags.map((tag) => tag.split(':')[0]))).toEqual(new Set(Object.keys(tagOf)));
    const lists = tags.filter((tag) => tag.startsWith('list:'));
    expect(lists).toHaveLength(Object.keys(tagOf.list).length);
  });

  it('shows changes that are taken', () => {
    const changes = guide
      .split('\n')
      .flatMap((line) => (/^\{"(kind|tags)"/.test(line) ? [JSON.parse(line) as unknown] : []));
    expect(changes).toHaveLength(2);
    expect(createChangeRequestParser(['EN', 'AR'])({ id: 'one', changes }).changes).toHaveLength(2);
    const [, body = ''] = /-d '(\{.*\})'/.exec(guide) ?? [];
    expect(createChangeRequestParser(['EN'])(JSON.parse(body)).id).toBe('cms-20261123-4711');
  });
});
