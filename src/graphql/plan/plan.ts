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
import type { Container, Slot } from './slot.ts';

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
 * Makes of what a resolver gave what stands in the result.
 *
 * @param slot where it will stand; a leaf may have none.
 * @returns undefined: still to come, and put there when it comes.
 * @throws what is wrong with it, for whoever holds the place.
 */
export type Complete = (run: Run, value: unknown, slot: Slot | undefined) => unknown;

/** All that is known of a field before anything is read. */
export interface PlannedField extends FieldPlace {
  /** Undefined: the property of that name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** Whether the resolver names a parameter for where it stands, or names none at all. */
  readonly takesInfo: boolean;
  /** Undefined: they depend on variables, or are wrong, and are read at every run. */
  readonly fixedArguments: Arguments | undefined;
  readonly isNullable: boolean;
  /** Whether nothing can lie below, no list either. */
  readonly isLeaf: boolean;
  readonly complete: Complete;
}

/** The fields of an object of one type. */
export interface PlannedSet {
  /** Every key in the order of the result, nothing in it. */
  readonly blank: Readonly<Container>;
  readonly fields: readonly PlannedField[];
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
