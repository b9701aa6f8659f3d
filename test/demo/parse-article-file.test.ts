import { describe, expect, it } from 'vitest';
import { parseArticleFile } from '../../src/demo/parse-article-file.ts';

describe('parseArticleFile', () => {
  it('takes the fields and the body apart', () => {
    expect(parseArticleFile('---\nslug: rain\ntags: [water]\n---\n<p>It rained.</p>\n')).toEqual({
      front: { slug: 'rain', tags: ['water'] },
      html: '<p>It rained.</p>',
    });
  });

  it('ends the fields at the first line of three hyphens, so that a body may have one too', () => {
    expect(parseArticleFile('---\nslug: rain\n---\n<p>One</p>\n---\n<p>Two</p>').html).toBe(
      '<p>One</p>\n---\n<p>Two</p>',
    );
  });

  it('reads a file with carriage returns and a byte order mark', () => {
    expect(parseArticleFile('\uFEFF---\r\nslug: rain\r\n---\r\n<p>It rained.</p>')).toEqual({
      front: { slug: 'rain' },
      html: '<p>It rained.</p>',
    });
  });

  it.each(['<p>No fields</p>', '---\nslug: rain\n<p>Never closed</p>', ''])('refuses %j: no fields', (text) => {
    expect(() => parseArticleFile(text)).toThrow(/begins with YAML between two lines/);
  });

  it('refuses fields that are no list of fields', () => {
    expect(() => parseArticleFile('---\n- one\n---\n<p>x</p>')).toThrow(/must be a list of fields/);
  });
});
