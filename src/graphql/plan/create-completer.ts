import {
  defaultTypeResolver,
  GraphQLError,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { createLeafWriter, findUsualWriter } from './create-leaf-writer.ts';
import { createInfo, executeSet, isPromise } from './execute-set.ts';
import type { Complete, Completer, FieldPlace, Plan, PlannedSet } from './plan.ts';
import { follow, locate, tell } from './run.ts';
import type { Slot } from './slot.ts';
import { close, type Pieces } from './written.ts';

/** The field a completer is for, and how what lies below it is planned. */
export interface Completing {
  readonly place: FieldPlace;
  /** @throws {GraphQLError} when `@skip` or `@include` is given null by a variable. */
  readonly planSet: (type: GraphQLObjectType) => PlannedSet;
}

const nameOf = ({ parentType, definition }: FieldPlace): string => `${parentType.name}.${definition.name}`;

/** The same for what is there and is no failure: a store may give an error for one of several rows. */
const wherePresent = ({ complete, known }: Completer): Completer => ({
  complete(run, value, slot) {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return complete(run, value, slot);
  },
  known,
});

const neverNull = ({ complete, known }: Completer, { place }: Completing): Completer => ({
  complete(run, value, slot) {
    const completed = complete(run, value, slot);
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${nameOf(place)}.`);
    return completed;
  },
  known,
});

const createLeafCompleter = (type: GraphQLLeafType): Completer => {
  const write = createLeafWriter(type);
  const writeUsual = findUsualWriter(type);
  // Most of a page is texts: what they are not is asked only of what is no text.
  return { complete: (_run, value) => write(value), known: writeUsual && ((_run, value) => writeUsual(value)) };
};

const createObjectCompleter = (type: GraphQLObjectType, { planSet }: Completing): Completer => {
  let set: PlannedSet | undefined;
  return {
    complete(run, source, slot) {
      set ??= planSet(type);
      return set.passage?.find(source, run.context) ?? executeSet(run, set, { source, slot });
    },
    known: (run, source) => set?.passage?.find(source, run.context),
  };
};

/** Lets `entries` fail unheard, whose list is lost already: a rejection that nobody hears ends the process. */
const disown = (entries: readonly unknown[]): void => {
  for (const entry of entries) if (isPromise(entry)) entry.then(undefined, () => undefined);
};

const createListCompleter = ({ ofType }: GraphQLList<GraphQLOutputType>, completing: Completing): Completer => {
  const { place } = completing;
  const { complete, known } = createCompleter(ofType, completing);
  const isNullable = !isNonNullType(ofType);
  const completeEntries: Complete = (run, value, around) => {
    if (typeof value !== 'object' || value === null || !(Symbol.iterator in value))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(place)}".`);
    const entries = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
    const pieces: Pieces = [];
    for (let key = 0; key < entries.length; key += 1) {
      const entry: unknown = entries[key];
      // Its place, for what comes later.
      pieces.push(known?.(run, entry));
      if (pieces[key] !== undefined) continue;
      const slot: Slot = { prev: around, key, typename: undefined, pieces, index: key, isNullable, isLost: false };
      try {
        if (isPromise(entry)) follow(run, { value: entry, slot, nodes: place.nodes }, complete);
        else pieces[key] = complete(run, entry, slot);
      } catch (thrown) {
        const error = locate(thrown, place.nodes, { slot });
        if (!isNullable) {
          disown(entries.slice(key + 1));
          throw error;
        }
        tell(run, error, slot);
        slot.isLost = true;
        pieces[key] = null;
      }
    }
    return close({ pieces, isList: true });
  };
  const knownEntries: Completer['known'] = (run, value) => {
    if (known === undefined || !Array.isArray(value)) return undefined;
    let text = '';
    for (const entry of value) {
      const entryText = known(run, entry);
      if (entryText === undefined) return undefined;
      text += text === '' ? entryText : `,${entryText}`;
    }
    return `[${text}]`;
  };
  return { complete: completeEntries, known: knownEntries };
};

/** The place of the field in whose value `slot` lies. */
const fieldSlotOf = (slot: Slot): Slot => {
  let place = slot;
  while (place.typename === undefined && place.prev !== undefined) place = place.prev;
  return place;
};

const createAbstractCompleter = (abstractType: GraphQLAbstractType, completing: Completing): Completer => {
  const { place } = completing;
  const resolveType = abstractType.resolveType ?? defaultTypeResolver;
  const completers = new Map<unknown, Complete>();

  const completerOf = (name: unknown, { schema }: Plan): Complete => {
    const known = completers.get(name);
    if (known !== undefined) return known;
    const type = typeof name === 'string' ? schema.getType(name) : undefined;
    if (!isObjectType(type) || !schema.isSubType(abstractType, type))
      throw new GraphQLError(`A value of ${nameOf(place)} is said to be of a type that ${abstractType.name} has not`);
    const { complete } = createObjectCompleter(type, completing);
    completers.set(name, complete);
    return complete;
  };

  const completeByName: Complete = (run, value, slot) => {
    const path = fieldSlotOf(slot as Slot);
    const name = resolveType(value, run.context, createInfo(run, place, path), abstractType);
    if (!isPromise(name)) return completerOf(name, run.plan)(run, value, slot);
    follow(run, { value: name, slot: slot as Slot, nodes: place.nodes }, (_run, resolved) =>
      completerOf(resolved, run.plan)(run, value, slot),
    );
    return undefined;
  };
  return { complete: completeByName, known: undefined };
};

/** How values of `type` are completed for the field of `completing`: decided once, never by looking at the type again. */
export const createCompleter = (type: GraphQLOutputType, completing: Completing): Completer => {
  if (isNonNullType(type)) return neverNull(createCompleter(type.ofType, completing), completing);
  if (isListType(type)) return wherePresent(createListCompleter(type, completing));
  if (isLeafType(type)) return wherePresent(createLeafCompleter(type));
  if (isObjectType(type)) return wherePresent(createObjectCompleter(type, completing));
  return wherePresent(createAbstractCompleter(type, completing));
};
