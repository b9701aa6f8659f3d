import type { GraphqlDocument, DocumentName } from './graphql-documents.ts';
import type { GraphqlMapping } from './graphql-mapping.ts';
import type { Problem } from './problem.ts';
import { findUnselected } from './find-unselected.ts';

type Group = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null;
/** A rule says where one value is; whatever else is a group with rules in it, at a place of its own. */
const RULE_KEYS: readonly string[] = ['path', 'map', 'default', 'value'];
const isRule = (group: Group): boolean => Object.keys(group).every((key) => RULE_KEYS.includes(key));

const join = (base: string, path: string): string => (base === '' ? path : `${base}.${path}`);

const lookAt = (
  document: GraphqlDocument,
  at: string,
  { path, isLeaf }: { readonly path: readonly PropertyKey[]; readonly isLeaf: boolean },
): Problem[] => {
  const message = findUnselected(document, at, isLeaf);
  return message === null ? [] : [{ path, message }];
};

const look = (document: GraphqlDocument, group: Group, base: string, path: readonly PropertyKey[]): Problem[] => {
  const placeKey = 'each' in group ? 'each' : 'path';
  const place = group[placeKey];
  if (isRule(group))
    return typeof place === 'string' ? lookAt(document, join(base, place), { path, isLeaf: true }) : [];
  const here = typeof place === 'string' ? join(base, place) : base;
  if (here !== base) {
    const missing = lookAt(document, here, { path: [...path, placeKey], isLeaf: false });
    // What stands under it is missing as well: said once.
    if (missing.length > 0) return missing;
  }
  return Object.entries(group).flatMap(([key, value]): Problem[] => {
    if (isGroup(value)) return look(document, value, here, [...path, key]);
    // Beside a list stands what is said of all of it.
    const isBeside = typeof value === 'string' && key !== placeKey;
    return isBeside ? lookAt(document, join(base, value), { path: [...path, key], isLeaf: true }) : [];
  });
};

/** Every place of the mapping that names what its document does not ask for. */
export const findMappingProblems = (
  documents: Readonly<Record<DocumentName, GraphqlDocument>>,
  fields: GraphqlMapping,
): readonly Problem[] =>
  (Object.keys(documents) as DocumentName[]).flatMap((name) =>
    look(documents[name], fields[name], '', ['fields', name]),
  );
