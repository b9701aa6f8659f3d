import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../src/ingest/html/parse-body.ts';

describe('lines that lead on', () => {
  it.each([
    '<p>Read more: <a href="/x">Talks resume</a></p>',
    '<p><strong>Read more:</strong> <a href="/x">Talks resume</a></p>',
    '<p><a href="/x">Read more: Talks resume</a></p>',
    '<p><em>Read also – <a href="/x"><b>Talks resume</b></a></em>.</p>',
    '<p>ALSO READ <a href="/x">Talks resume</a></p>',
    '<p>See also: <a href="/x">Talks resume</a></p>',
    '<p>اقرأ أيضاً: <a href="/x">Talks resume</a></p>',
    '<p>اقرأ أيضًا: <a href="/x">Talks resume</a></p>',
    '<p>اقرأ ايضا <a href="/x">Talks resume</a></p>',
    '<p>إقرأ أيضا: <a href="/x">Talks resume</a></p>',
    '<p>اقرأ المزيد: <a href="/x">Talks resume</a></p>',
    '<p>اِقْرَأ المَزيد: <a href="/x">Talks resume</a></p>',
    '<p>Lea también: <a href="/x">Talks resume</a></p>',
    '<p>Lee también | <a href="/x">Talks resume</a></p>',
    '<p>Leer más: <a href="/x">Talks resume</a></p>',
    '<p>Leer mas: <a href="/x">Talks resume</a></p>',
    '<p class="read-more"><a href="/x">Talks resume</a></p>',
    '<div class="wp-read-more box"><span><a href="/x">Talks resume</a></span></div>',
    'Read more: <a href="/x">Talks resume</a>',
  ])('%s', (html) => {
    expect(parseBody(html)).toEqual([
      { type: 'ReadMore', label: 'Talks resume', url: '/x', html: '<p><a href="/x">Talks resume</a></p>' },
    ]);
  });

  it.each([
    ['a sentence with a link', '<p>Read more in <a href="/x">our report</a> today.</p>'],
    ['two links', '<p>Read more: <a href="/x">One</a>, <a href="/y">Two</a></p>'],
    ['a link without words of its own', '<p><a href="/x">Read more</a></p>'],
    ['a marked link without words of its own', '<p class="read-more"><a href="/x">Read more:</a></p>'],
    ['a title that begins so', '<p><a href="/x">Read more about bees</a></p>'],
    ['only words', '<p>Read more: nothing</p>'],
    ['an address that may not be followed', '<p>Read more: <a href="javascript:x()">Talks</a></p>'],
    ['a letter to write', '<p>Read more: <a href="mailto:a@b.example">Talks</a></p>'],
  ])('leaves %s a paragraph', (_, html) => {
    expect(parseBody(html).map(({ type }) => type)).toEqual(['Paragraph']);
  });
});
