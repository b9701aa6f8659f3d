import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSnippet } from '../../../src/stores/postgres/snippet.ts';

describe('renderSnippet', () => {
  it('marks the matches and escapes the rest', () => {
    expect(renderSnippet('"A" & <b>\uE000bold\uE001</b>\n  isn’t \'x\'')).toBe(
      '&quot;A&quot; &amp; &lt;b&gt;<mark>bold</mark>&lt;/b&gt; isn’t &#39;x&#39;',
    );
  });

  it('shows nothing rather than an empty passage', () => {
    expect([null, '', ' \n '].map(renderSnippet)).toEqual([null, null, null]);
  });

  it('lets no markup through but its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const html = renderSnippet(text) ?? '';
        expect(html.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>"']/);
      }),
    );
  });
});
