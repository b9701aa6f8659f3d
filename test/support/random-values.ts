import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { pickOf, type Random } from './create-random.ts';
import type { Pool } from './document-pools.ts';
import { variableOf } from './document-variables.ts';

/** Small: what is generated is about shapes, not about lengths. 0 is refused by a resolver. */
const SIZES = [1, 1, 2, 3, 0];
const INSTANTS = ['2026-11-20T00:00:00Z', '2026-11-22T12:00:00+02:00'];

/** A value of `type` as JSON has it; ids and paths of the content are rare among them. */
export const randomValueOf = (random: Random, type: GraphQLInputType, pool: Pool): unknown => {
  if (!isNonNullType(type) && random() < 0.15) return null;
  const inner = getNullableType(type);
  if (isListType(inner))
    return Array.from({ length: Math.floor(random() * 3) }, () => randomValueOf(random, inner.ofType, pool));
  if (isEnumType(inner)) return pickOf(random, inner.getValues()).name;
  if (isInputObjectType(inner))
    return Object.fromEntries(
      Object.values(inner.getFields())
        .filter((field) => isRequiredInputField(field) || random() < 0.3)
        .map((field) => [field.name, randomValueOf(random, field.type, pool)]),
    );
  switch (inner.name) {
    case 'Int':
      return pickOf(random, SIZES);
    case 'Boolean':
      return random() < 0.5;
    case 'DateTime':
      return pickOf(random, INSTANTS);
    case 'ID':
      return pickOf(random, pool['articleId'] ?? []);
    default:
      return pickOf(random, [...(pool['sectionPath'] ?? []), ...(pool['tagSlug'] ?? []), 'no such']);
  }
};

/** A value for `argument` of `field`: of the pool where it has to name something. */
export const randomArgumentOf = (
  random: Random,
  { field, argument }: { readonly field: GraphQLField<unknown, unknown>; readonly argument: GraphQLArgument },
  pool: Pool,
): unknown =>
  isRequiredArgument(argument) && argument.name !== 'input'
    ? pickOf(random, pool[variableOf(field, argument.name)] ?? [])
    : randomValueOf(random, argument.type, pool);
