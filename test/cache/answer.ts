import type { Answer } from '../../src/content/answer.ts';

/** A keepable answer of `text` that read the article `art`, unless told otherwise. */
export const answer = (text: string, rest: Partial<Answer> = {}): Answer => ({
  status: 200,
  contentType: 'application/json',
  body: Buffer.from(text),
  tags: ['article:art'],
  boundaryAt: null,
  maxAgeSeconds: 60,
  scope: 'PUBLIC',
  languages: [],
  ...rest,
});
