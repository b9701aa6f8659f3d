import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const MAX_ISSUES = 8;
const MAX_LETTERS = 1_000;

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

/** Everything that is wrong with a line, in one line: `headline: must not be empty; sources.0.kind: …`. */
export const describeIssues = (issues: readonly Issue[]): string => {
  const reasons = issues.flatMap((issue) => flatten(issue));
  const shown = reasons.slice(0, MAX_ISSUES).join('; ');
  const rest = reasons.length > MAX_ISSUES ? `; and ${reasons.length - MAX_ISSUES} more` : '';
  return shown.slice(0, MAX_LETTERS) + rest;
};
