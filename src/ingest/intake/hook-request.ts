import { z } from 'zod';
import { GatewayError } from '../../errors.ts';
import { describeIssues } from '../describe-issues.ts';
import { MAX_CHANGES, REPORTED_KINDS, requestId, SHOWN_ISSUES, type ReportedKind } from './change-request.ts';

/** Something happened to a story, which its store calls `sourceId`; or to what stories are filed under. */
export type HookReport = { readonly kind: ReportedKind; readonly sourceId: string } | { readonly taxonomy: true };

/** A body of `POST /changes` as a store signs it. */
export interface HookRequest {
  /** The store's own, and the same when it tries again. */
  readonly id: string;
  /** In the order they happened. */
  readonly changes: readonly HookReport[];
}

const story = z.strictObject({
  kind: z.enum(REPORTED_KINDS),
  sourceId: z.string().min(1).max(300).regex(/^\S+$/, 'must be what the store calls a story, without blanks'),
});
const taxonomy = z.strictObject({ taxonomy: z.literal(true) });

/** Which form is meant shows by `taxonomy`: a union would answer with the mistakes of both. */
const change = z.unknown().transform((value, context): HookReport => {
  const isTaxonomy = typeof value === 'object' && value !== null && 'taxonomy' in value;
  const parsed = isTaxonomy ? taxonomy.safeParse(value) : story.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

const schema = z.strictObject({
  id: requestId,
  changes: z
    .array(change)
    .min(1, 'must hold at least one change')
    .max(MAX_CHANGES, `must hold at most ${MAX_CHANGES} changes`),
});

/**
 * What a store reports.
 *
 * @throws {GatewayError} BAD_REQUEST naming everything that is wrong, each with its place.
 */
export const parseHookRequest = (body: unknown): HookRequest => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new GatewayError('BAD_REQUEST', describeIssues(parsed.error.issues, SHOWN_ISSUES));
};
