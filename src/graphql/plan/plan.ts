import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLError,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Context } from '../../../resolvers/context.ts';
import type { Passage } from './passages.ts';
import type { Slot } from './slot.ts';
import type { Written } from './written.ts';

/** Coerced arguments, shared by all who are handed them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A field of the schema as the specification and its resolver know it. */
export type Definition = GraphQLField<unknown, unknown>;

/** What a completer is for: one response key of one type, whatever nodes of the document ask for it. */
export interface FieldPlace {
  readonly key: string;
  readonly definition: Definition;
  readonly parentType: GraphQLObjectType;
  readonly nodes: readonly FieldNode[];
}

/**
 * Writes of what a resolver gave what stands in the result.
 *
 * @param slot where it will stand; a leaf may have none.
 * @returns undefined: still to come, and put there when it comes.
 * @throws what is wrong with it, for whoever holds the place.
 */
export type Complete = (run: Run, value: unknown, slot: Slot | undefined) => Written | undefined;

/** How values of one type are completed for one field. */
export interface Completer {
  readonly complete: Complete;
  /** What was written of `value` before, which then needs no place; undefined: nobody remembers. Absent: nobody ever does. */
  readonly known: ((run: Run, value: unknown) => string | undefined) | undefined;
}

/** All that is known of a field before anything is read. */
export interface PlannedField extends FieldPlace, Completer {
  /** What stands before its value: the bracket or comma, and its key. */
  readonly head: string;
  /** Undefined: the property of that name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** Whether the resolver names a parameter for where it stands, or names none at all. */
  readonly takesInfo: boolean;
  /** Undefined: they depend on variables, or are wrong, and are read at every run. */
  readonly fixedArguments: Arguments | undefined;
  readonly isNullable: boolean;
  /** Whether nothing can lie below, no list either. */
  readonly isLeaf: boolean;
}

/** The fields of an object of one type. */
export interface PlannedSet {
  /** In the order of the result. */
  readonly fields: readonly PlannedField[];
  /** What was written of the same objects before; undefined: nobody remembers. */
  readonly passage: Passage | undefined;
}

/** How an operation runs, for all variables that choose the same fields. */
export interface Plan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** @throws {GraphQLError} when `@skip` or `@include` is given null by a variable. */
  root(): PlannedSet;
  /** Fields planned so far: below a type nobody met, there are none. */
  size(): number;
}

/** One execution of a plan. */
export interface Run {
  readonly plan: Plan;
  readonly context: Context;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Arguments that depend on variables, once read. */
  readonly given: Map<FieldPlace, Arguments>;
  readonly errors: GraphQLError[];
  /** An error went through everything around it: there is no data. */
  isLost: boolean;
  /** Values that are waited for. */
  pending: number;
  /** Called when nothing is waited for any longer. */
  onIdle: () => void;
}
