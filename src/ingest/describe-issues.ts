import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** How much of it is shown. */
export interface ShownIssues {
  readonly maxIssues: number;
  readonly maxLetters: number;
}

const ONE_LINE: ShownIssues = { maxIssues: 8, maxLetters: 1_000 };

/** Of a union's answers, the one that got furthest: whoever wrote an object meant the object. */
const closest = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  branches.find((issues) => issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0));

const flatten = (issue: Issue, before: readonly PropertyKey[] = []): readonly string[] => {
  const path = [...before, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branch = closest(issue.errors);
    if (branch !== undefined && branch.length > 0) return branch.flatMap((inner) => flatten(inner, path));
  }
  const message = issue.message.replace(/^Invalid input: /, '');
  return [path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`];
};

/** Everything that is wrong with what was sent, in one line: `headline: must not be empty; sources.0.kind: …`. */
export const describeIssues = (issues: readonly Issue[], { maxIssues, maxLetters }: ShownIssues = ONE_LINE): string => {
  const reasons = issues.flatMap((issue) => flatten(issue));
  const shown = reasons.slice(0, maxIssues).join('; ');
  const rest = reasons.length > maxIssues ? `; and ${reasons.length - maxIssues} more` : '';
  return shown.slice(0, maxLetters) + rest;
};
