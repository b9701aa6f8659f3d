import { isDeepStrictEqual } from 'node:util';

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 200);

/** Where two parsed answers differ first, and how, whatever the order of their keys; undefined: nowhere. */
export const firstDifference = (one: unknown, other: unknown, path = 'answer'): string | undefined => {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (!isTree(one) || !isTree(other) || Array.isArray(one) !== Array.isArray(other))
    return `${path}: ${show(one)} and ${show(other)}`;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const difference = firstDifference(one[key], other[key], `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return `${path}: ${show(one)} and ${show(other)}`;
};
