import { parse } from 'yaml';

/** An article file taken apart. */
export interface ArticleFile {
  /** The fields between the two lines of three hyphens. */
  readonly front: Readonly<Record<string, unknown>>;
  readonly html: string;
}

const SHAPE = /^---\r?\n(?<front>[\s\S]*?)\r?\n---\r?\n(?<html>[\s\S]*)$/;

/**
 * The front matter and body of one article file.
 *
 * @throws {TypeError} if `text` does not begin with YAML fields between two lines of three hyphens.
 */
export const parseArticleFile = (text: string): ArticleFile => {
  const groups = SHAPE.exec(text.replace(/^\uFEFF/, ''))?.groups;
  if (groups === undefined) throw new TypeError('an article file begins with YAML between two lines of three hyphens');
  const front: unknown = parse(groups['front'] ?? '');
  if (typeof front !== 'object' || front === null || Array.isArray(front))
    throw new TypeError('the front matter of an article file must be a list of fields');
  return { front: { ...front }, html: (groups['html'] ?? '').trim() };
};
