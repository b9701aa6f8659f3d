import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  type GraphQLLeafType,
  type GraphQLScalarType,
} from 'graphql';

/** The largest and smallest that `Int` can say. */
const [INT_MAX, INT_MIN] = [2 ** 31 - 1, -(2 ** 31)];

const isText = (value: unknown): boolean => typeof value === 'string';

/** Values that a built-in scalar writes as they are: nearly all. */
const WRITTEN_AS_IS: ReadonlyMap<GraphQLLeafType, (value: unknown) => boolean> = new Map<
  GraphQLScalarType,
  (value: unknown) => boolean
>([
  [GraphQLString, isText],
  [GraphQLID, isText],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLFloat, (value) => Number.isFinite(value)],
  [GraphQLInt, (value) => Number.isInteger(value) && (value as number) <= INT_MAX && (value as number) >= INT_MIN],
]);

/** Whether a value of `type` is what is written of it; undefined: nobody can say, the type has a way of its own. */
export const findWrittenAsIs = (type: GraphQLLeafType): ((value: unknown) => boolean) | undefined =>
  WRITTEN_AS_IS.get(type);

/**
 * How a value of `type` is written; it is not null.
 *
 * @throws whatever the type's `serialize` throws, and when that gives nothing.
 */
export const createLeafWriter = (type: GraphQLLeafType): ((value: unknown) => unknown) => {
  const isWrittenAsIs = WRITTEN_AS_IS.get(type);
  const serialize = (value: unknown): unknown => {
    const written: unknown = type.serialize(value);
    if (written === undefined || written === null) throw new Error(`${type.name} wrote nothing for a value`);
    return written;
  };
  return isWrittenAsIs === undefined ? serialize : (value) => (isWrittenAsIs(value) ? value : serialize(value));
};
