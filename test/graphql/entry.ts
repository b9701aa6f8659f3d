import type { Entry } from '../../src/content/answer.ts';

/** A kept answer that says `text`. */
export const entry = (text: string): Entry => ({
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: Buffer.from(text),
  tags: [],
  boundaryAt: null,
  maxAgeSeconds: 60,
  scope: 'PUBLIC',
  languages: [],
  fence: 1,
  epoch: 'epoch-1',
  filledAt: 0,
});
