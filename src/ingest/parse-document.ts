import { describeIssues } from './describe-issues.ts';
import { documentSchemas, type LineDocument } from './document.ts';
import { LineError } from './line-error.ts';

const isDocumentType = (type: unknown): type is keyof typeof documentSchemas =>
  typeof type === 'string' && Object.hasOwn(documentSchemas, type);

/**
 * The document that `value` is, checked and put into its normal form.
 *
 * @throws {LineError} with everything that is wrong with it.
 */
export const parseDocument = (value: object): LineDocument => {
  const { type = 'article' }: { type?: unknown } = value;
  if (!isDocumentType(type)) throw new LineError(`type: must be ${Object.keys(documentSchemas).join(', ')}, or absent`);
  const parsed = documentSchemas[type].safeParse(value);
  if (!parsed.success) throw new LineError(describeIssues(parsed.error.issues));
  return parsed.data;
};

/** Where in `value` a text is that PostgreSQL cannot hold; undefined: nowhere. */
export const findUnstorable = (value: unknown, path = ''): string | undefined => {
  if (typeof value === 'string') {
    if (value.includes('\0')) return `${path}: holds a NUL character`;
    return value.isWellFormed() ? undefined : `${path}: holds half a character (a lone surrogate)`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnstorable(inner, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
};
