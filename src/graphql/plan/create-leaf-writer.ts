import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  type GraphQLLeafType,
  type GraphQLScalarType,
} from 'graphql';
import { NOTHING, quote } from './written.ts';

/** The largest and smallest that `Int` can say. */
const [INT_MAX, INT_MIN] = [2 ** 31 - 1, -(2 ** 31)];

/** Writes a value as JSON; undefined: it is not of the usual kind. */
type WriteUsual = (value: unknown) => string | undefined;

const writeText: WriteUsual = (value) => (typeof value === 'string' ? quote(value) : undefined);

/** What comes of nearly all values of the built-in scalars, which write them as they are. */
const USUAL: ReadonlyMap<GraphQLLeafType, WriteUsual> = new Map<GraphQLScalarType, WriteUsual>([
  [GraphQLString, writeText],
  [GraphQLID, writeText],
  [GraphQLBoolean, (value) => (typeof value === 'boolean' ? String(value) : undefined)],
  [GraphQLFloat, (value) => (Number.isFinite(value) ? String(value) : undefined)],
  [
    GraphQLInt,
    (value) =>
      Number.isInteger(value) && (value as number) <= INT_MAX && (value as number) >= INT_MIN
        ? String(value)
        : undefined,
  ],
]);

/** How values of `type` are written that are what it says; undefined: the type has a way of its own. */
export const findUsualWriter = (type: GraphQLLeafType): WriteUsual | undefined => USUAL.get(type);

/**
 * How a value of `type` is written as JSON; it is not null.
 *
 * @throws whatever the type's `serialize` throws, and when that gives nothing.
 */
export const createLeafWriter =
  (type: GraphQLLeafType): ((value: unknown) => string) =>
  (value) => {
    const written: unknown = type.serialize(value);
    if (written === undefined || written === null) throw new Error(`${type.name} wrote nothing for a value`);
    if (typeof written === 'string') return quote(written);
    const json: string | undefined = JSON.stringify(written);
    return json ?? NOTHING;
  };
