import { z } from 'zod';
import type { EditionCode } from '../../content/edition.ts';
import { parseId, type ArticleId, type ParsedId } from '../../content/ids.ts';
import { parseCacheTag, type ParsedCacheTag } from '../../content/parse-cache-tag.ts';
import { GatewayError } from '../../errors.ts';
import { describeIssues } from '../describe-issues.ts';

/** What a publishing system may say of an article. */
export const REPORTED_KINDS = ['PUBLISH', 'UPDATE', 'CORRECTION', 'EMBARGO_LIFT', 'RIGHTS_CHANGE', 'KILL'] as const;

export type ReportedKind = (typeof REPORTED_KINDS)[number];

/** Something happened to an article: what it is now is looked up, whatever the report says. */
export interface ArticleReport {
  readonly kind: ReportedKind;
  readonly articleId: ArticleId;
  readonly edition: EditionCode;
}

/** Whatever read one of these tags is to end. */
export interface TagPurge {
  readonly tags: readonly ParsedCacheTag[];
  readonly isSoft: boolean;
}

export type ChangeReport = ArticleReport | TagPurge;

/** A body of `POST /changes`. */
export interface ChangeRequest {
  /** The sender's own, and the same when it tries again. */
  readonly id: string;
  /** In the order they happened; all of them soft, or none. */
  readonly changes: readonly ChangeReport[];
}

/** Bounds of one request. */
export const MAX_CHANGES = 1_000;
export const MAX_TAGS = 10_000;

const MAX_QUOTED_LETTERS = 80;
const quoted = (text: string): string => JSON.stringify(text.slice(0, MAX_QUOTED_LETTERS));

/** A sender's own name for a request. */
export const requestId = z
  .string(
    'must be given, a new one for every request: sent again with the same id after a failure, a request is recorded only once',
  )
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 letters, digits or signs of ASCII, without blanks');

const readId = (text: string): ParsedId | null => {
  try {
    return parseId(text);
  } catch {
    return null;
  }
};

const articleIdOf = (editions: ReadonlySet<EditionCode>) =>
  z.string().transform((text, context) => {
    const parsed = readId(text);
    if (parsed?.entity === 'Article' && parsed.edition !== undefined && editions.has(parsed.edition))
      return { articleId: parsed.id as ArticleId, edition: parsed.edition };
    const reason = parsed?.entity === 'Article' ? 'is of no edition that is served here' : 'is no id of an article';
    context.addIssue({ code: 'custom', message: `${quoted(text)} ${reason}` });
    return z.NEVER;
  });

const tagOf = (editions: ReadonlySet<EditionCode>) =>
  z.string().transform((text, context) => {
    const parsed = parseCacheTag(text);
    if (parsed !== null && editions.has(parsed.edition)) return parsed;
    const reason = parsed === null ? 'is no tag: docs/changes.md lists them' : 'is of no edition that is served here';
    context.addIssue({ code: 'custom', message: `${quoted(text)} ${reason}` });
    return z.NEVER;
  });

const absent = (message: string) => z.never(message).optional();

/** The two forms of a change. Which one is meant shows by `tags`: a union would answer with the mistakes of both. */
const createForms = (editions: ReadonlySet<EditionCode>) => {
  const tag = tagOf(editions);
  return {
    report: z
      .strictObject({
        kind: z.enum(REPORTED_KINDS),
        articleId: articleIdOf(editions),
        soft: absent('goes with tags alone: what is said of an article is never soft'),
      })
      .transform(({ kind, articleId }): ArticleReport => ({ kind, ...articleId })),
    purge: z
      .strictObject({
        tags: z
          .array(tag)
          .min(1, 'must hold at least one tag')
          .max(MAX_TAGS, `must hold at most ${MAX_TAGS} tags, all changes of the request together`),
        soft: z.boolean().default(false),
        kind: absent('goes with articleId, not with tags'),
        articleId: absent('goes with kind, not with tags'),
      })
      .transform(({ tags, soft }): TagPurge => ({ tags, isSoft: soft })),
  };
};

const isTags = (value: unknown): boolean => typeof value === 'object' && value !== null && 'tags' in value;

const isPurge = (change: ChangeReport): change is TagPurge => 'tags' in change;

const createSchema = (editions: ReadonlySet<EditionCode>) => {
  const forms = createForms(editions);
  const change = z.unknown().transform((value, context): ChangeReport => {
    const parsed = (isTags(value) ? forms.purge : forms.report).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });
  const changes = z
    .array(change)
    .min(1, 'must hold at least one change')
    .max(MAX_CHANGES, `must hold at most ${MAX_CHANGES} changes`)
    .refine(
      (all) => all.filter(isPurge).reduce((sum, { tags }) => sum + tags.length, 0) <= MAX_TAGS,
      `must hold at most ${MAX_TAGS} tags, all changes together`,
    )
    .refine(
      (all) => new Set(all.map(isSoftChange)).size < 2,
      'must all be soft, or none: one answer cannot say "gone" of some of them',
    );
  return z.strictObject({ id: requestId, changes });
};

const isSoftChange = (change: ChangeReport): boolean => isPurge(change) && change.isSoft;

/** Whether it asks no more than to be recorded. */
export const isSoftRequest = ({ changes }: Pick<ChangeRequest, 'changes'>): boolean => changes.every(isSoftChange);

/** Enough for whoever wrote the sender; a hostile body must not come back ten times its size. */
export const SHOWN_ISSUES = { maxIssues: 50, maxLetters: 8_000 } as const;

/**
 * Gives the reader of bodies of `POST /changes`, for the editions that are served.
 *
 * @returns throws {GatewayError} BAD_REQUEST naming everything that is wrong, each with its place.
 */
export const createChangeRequestParser = (editions: readonly EditionCode[]): ((body: unknown) => ChangeRequest) => {
  const schema = createSchema(new Set(editions));
  return (body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new GatewayError('BAD_REQUEST', describeIssues(parsed.error.issues, SHOWN_ISSUES));
  };
};
