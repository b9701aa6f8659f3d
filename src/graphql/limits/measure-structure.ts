import { Kind, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** What an operation has, with every fragment put in its place each time it is spread. */
export interface Structure {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
}

interface Measure {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields of the set itself, those of its fragments included. */
  readonly fields: number;
}

const NOTHING: Measure = { depth: 0, introspectionDepth: 0, aliases: 0, directives: 0, fields: 0 };
/** Doubled spreads in a chain count past what a number holds; it stays a number that can be shown. */
const COUNT_CAP = Number.MAX_SAFE_INTEGER;
const INTROSPECTION_ROOTS: ReadonlySet<string> = new Set(['__schema', '__type']);

/**
 * The structure of `operation`. Works on any parsed document, before validation, so that the costlier rules never see
 * what is too large: unknown fragments count nothing, circles are cut.
 *
 * Each fragment is measured once and its figures added at every spread: the time is linear in the document though
 * the counts are those of the document written out.
 */
export const measureStructure = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Structure => {
  const measured = new Map<string, Measure>();
  const open = new Set<string>();

  const measureFragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    if (fragment === undefined || open.has(name)) return NOTHING;
    open.add(name);
    const measure = measureSet(fragment.selectionSet, fragment.directives?.length ?? 0);
    open.delete(name);
    measured.set(name, measure);
    return measure;
  };

  const measureSet = (set: SelectionSetNode, ownDirectives = 0): Measure => {
    let { depth, introspectionDepth, aliases, fields } = NOTHING;
    let directives = ownDirectives;
    const add = (inner: Measure): void => {
      depth = Math.max(depth, inner.depth);
      introspectionDepth = Math.max(introspectionDepth, inner.introspectionDepth);
      aliases = Math.min(COUNT_CAP, aliases + inner.aliases);
      directives = Math.min(COUNT_CAP, directives + inner.directives);
      fields = Math.min(COUNT_CAP, fields + inner.fields);
    };
    for (const selection of set.selections) {
      directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(measureFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(measureSet(selection.selectionSet));
      else {
        const inner = selection.selectionSet === undefined ? NOTHING : measureSet(selection.selectionSet);
        const isIntrospection = INTROSPECTION_ROOTS.has(selection.name.value);
        add({
          depth: isIntrospection ? 1 : inner.depth + 1,
          introspectionDepth: isIntrospection ? inner.depth + 1 : inner.introspectionDepth,
          aliases: inner.aliases + (selection.alias === undefined ? 0 : 1),
          directives: inner.directives,
          fields: 1,
        });
      }
    }
    return { depth, introspectionDepth, aliases, directives, fields };
  };

  const defining = [operation, ...(operation.variableDefinitions ?? [])];
  const ownDirectives = defining.reduce((count, { directives }) => count + (directives?.length ?? 0), 0);
  const whole = measureSet(operation.selectionSet, ownDirectives);
  return { ...whole, rootFields: whole.fields };
};
