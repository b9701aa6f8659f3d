import type { QueryAnswer } from '../support/run-query.ts';

type Step = string | number;
type Tree = Record<Step, unknown>;

/** Where in `data` the error at `path` left its null: at the path, or above it where null was not allowed. */
const lostAt = (data: unknown, path: readonly Step[]): readonly Step[] => {
  let here: unknown = data;
  for (const [depth, step] of path.entries()) {
    here = (here as Tree)[step];
    if (here === null || here === undefined) return path.slice(0, depth + 1);
  }
  throw new Error(`an error at ${path.join('.')}, where there is a value: ${JSON.stringify(here)}`);
};

/** The places of an answer that an error left null, each once. */
export const lostPaths = ({ data, errors }: QueryAnswer): readonly (readonly Step[])[] => {
  const lost = errors.map(({ path = [] }) => lostAt(data, path));
  return [...new Map(lost.map((path) => [path.join('.'), path])).values()];
};

/** `path` with every position in a list as `[]`: what a client would call the place. */
export const placeOf = (path: readonly Step[]): string =>
  path
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .slice(1);

/** `data` with null at `paths`, as JSON. */
export const jsonWithout = (data: unknown, paths: readonly (readonly Step[])[]): string => {
  const copy: unknown = structuredClone(data);
  for (const path of paths) {
    let here = copy as Tree | null | undefined;
    for (const step of path.slice(0, -1)) here = here?.[step] as Tree | null | undefined;
    if (here !== null && here !== undefined) here[path.at(-1) ?? ''] = null;
  }
  return JSON.stringify(copy);
};
