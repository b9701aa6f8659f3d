import type { FieldNode, GraphQLObjectType, SelectionSetNode } from 'graphql';
import { collectFields } from '../../src/graphql/plan/collect-fields.ts';
import type { Passage } from '../../src/graphql/plan/passages.ts';
import type { PlannedExecutorParts } from '../../src/graphql/planned-executor.ts';

type Collected = ReadonlyMap<string, readonly FieldNode[]>;

const nameOf = ([node]: readonly FieldNode[]): string => node?.name.value ?? '';

/** Versions with one thing wrong, each of which has to be told from the one that is right; by what is wrong. */
export const KNOWN_BAD: Readonly<Record<string, () => PlannedExecutorParts>> = {
  'shows a field by its name, whatever alias it was given': () => ({
    collect: (...given) => new Map([...collectFields(...given)].map(([, nodes]) => [nameOf(nodes), nodes])),
  }),
  'looks at the first of several nodes that ask for a field': () => ({
    collect: (...given) => new Map([...collectFields(...given)].map(([key, nodes]) => [key, nodes.slice(0, 1)])),
  }),
  'shows fields in another order': () => ({
    collect: (...given) => new Map([...collectFields(...given)].toReversed()),
  }),
  'takes the fields that variables chose once for those they choose now': () => {
    const known = new WeakMap<SelectionSetNode, Map<GraphQLObjectType, Collected>>();
    return {
      collect(sets, type, selecting) {
        const [first] = sets;
        if (first === undefined) return new Map();
        const byType = known.get(first) ?? new Map<GraphQLObjectType, Collected>();
        known.set(first, byType);
        const fields = byType.get(type) ?? collectFields(sets, type, selecting);
        byType.set(type, fields);
        return fields;
      },
    };
  },
  'writes an object as it was written once, whatever is asked of it': () => {
    const texts = new WeakMap<object, string>();
    const passage: Passage = {
      find: (source) => texts.get(source as object),
      keep: (source, _context, text) => {
        if (typeof source === 'object' && source !== null) texts.set(source, text);
      },
    };
    return { passages: { open: () => passage } };
  },
  'takes the arguments of one request for those of the next': () => {
    const given = new Map();
    return { createGiven: () => given };
  },
};
