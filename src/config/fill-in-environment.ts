import type { Problem } from './problem.ts';

/** Variables by name; undefined and blank: not set. */
export type Variables = Readonly<Record<string, string | undefined>>;

interface Filled {
  readonly content: unknown;
  readonly problems: readonly Problem[];
}

/** `$${` stands for the signs themselves; `${` opens a reference, closed or not, to what there is or not. */
const REFERENCE = /\$\$\{|\$\{(?:([^{}]*)\})?/g;
const NAME = /^env\.([A-Za-z_][A-Za-z0-9_]*)$/;

const describeMissing = (inside: string | undefined, name: string | undefined): string =>
  inside === undefined || name === undefined
    ? '"${" begins a reference such as ${env.NAME}; for the signs themselves write $${'
    : `the environment variable ${name} is not set`;

/**
 * `content`, as YAML gave it, with `${env.NAME}` in its texts replaced by variables; keys stay as they are.
 *
 * Done after the YAML is read: whatever stands in a variable is text, and cannot become a key or a second value.
 */
export const fillInEnvironment = (content: unknown, variables: Variables): Filled => {
  const problems: Problem[] = [];
  const fillInText = (text: string, path: readonly PropertyKey[]): string =>
    text.replaceAll(REFERENCE, (found: string, inside: string | undefined) => {
      if (found === '$${') return '${';
      const name = NAME.exec(inside ?? '')?.[1];
      const value = name === undefined ? undefined : variables[name];
      if (value !== undefined && value.trim() !== '') return value;
      problems.push({ path, message: describeMissing(inside, name) });
      return found;
    });
  const fillIn = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') return fillInText(value, path);
    if (Array.isArray(value)) return value.map((one, index) => fillIn(one, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    // A key may be called __proto__: it is then one like any other.
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillIn(one, [...path, key])]));
  };
  return { content: fillIn(content, []), problems };
};
