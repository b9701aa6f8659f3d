import { describe, expect, it } from 'vitest';
import { personOf, textOfTitle, withParagraphs } from '../../../src/ingest/feeds/rss-text.ts';

describe('textOfTitle', () => {
  it.each([
    ['Why <script> tags &amp; <style> matter', 'Why <script> tags & <style> matter'],
    ['Is 3 < 5 and a<b?', 'Is 3 < 5 and a<b?'],
    ['<b>Late</b>, <a href="x">again</a><br/>and <EM class="y">so</EM>', 'Late, again and so'],
    ['<bold> moves', '<bold> moves'],
    ['<!-- what -->', '<!-- what -->'],
    ['a &lt;b&gt;', 'a <b>'],
  ])('keeps every word: %s', (written, text) => {
    expect(textOfTitle(written)).toBe(text);
  });
});

describe('personOf', () => {
  it.each([
    ['ana@harbour.example (Ana Ruiz)', 'Ana Ruiz'],
    ['Ana Ruiz <ana@harbour.example>', 'Ana Ruiz'],
    ['<ana@harbour.example> Ana Ruiz', 'Ana Ruiz'],
    ['Mar&iacute;a &amp; Jos&eacute;', 'María & José'],
    ['Ana Ruiz (Beirut)', 'Ana Ruiz (Beirut)'],
    ['ana@harbour.example', undefined],
    ['<ana@harbour.example>', undefined],
    ['ana@harbour.example ()', undefined],
  ])('is the name: %s', (written, name) => {
    expect(personOf(written)).toBe(name);
  });

  it('is no name that has more than 500 letters', () => {
    expect(personOf('x'.repeat(500))).toHaveLength(500);
    expect(personOf('x'.repeat(501))).toBeUndefined();
  });
});

describe('withParagraphs', () => {
  it('makes paragraphs of plain words between empty lines, and leaves markup and single lines', () => {
    expect(withParagraphs('uno &amp;\nx\r\n \r\ndos < 3\n\n\n')).toBe('<p>uno &amp;\nx</p><p>dos < 3</p>');
    for (const whole of ['uno\ndos', '<p>uno</p>\n\ndos', 'uno\n\n']) expect(withParagraphs(whole)).toBe(whole);
  });
});
