import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { GatewayError, StoreError } from '../../src/errors.ts';
import { readSchemaText } from '../../src/graphql/schema.ts';
import { createRandom, pickOf, seedOf, type Random } from '../support/create-random.ts';

/** What a run of the hand-made graph is told: all else follows from it and from where a field stands. */
export interface HandMadeContext {
  readonly seed: number;
}

/** Below it everything is made up too. */
interface Source {
  readonly typeName: string;
  readonly place: string;
  readonly seed: number;
}

const FAILURES = [
  () => new Error('broken'),
  () => new StoreError('wire', 'STORE_TIMEOUT'),
  () => new GatewayError('NOT_FOUND', 'No such thing'),
];
const ODD_LEAVES = [{}, 1.5, 2 ** 40, '', Symbol('odd'), [], Number.NaN, true, '12', 0];

const leafOf = (random: Random, type: GraphQLLeafType): unknown => {
  if (random() < 0.08) return pickOf(random, ODD_LEAVES);
  if (isEnumType(type)) return pickOf(random, type.getValues()).value;
  if (type.name === 'Int') return Math.floor(random() * 100);
  if (type.name === 'Boolean') return random() < 0.5;
  return `${type.name} "${Math.floor(random() * 100)}" مدينة`;
};

const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Values that are still to come, of all runs. */
let open = 0;

/** Resolves when nothing made up is still to come: an executor may have answered before. */
export const settleHandMade = async (): Promise<void> => {
  for (;;) {
    await turnOfLoop();
    if (open === 0) return;
  }
};

/** A promise of `value`, after some turns of the microtask queue or of the event loop. */
const later = async (random: Random, value: unknown): Promise<unknown> => {
  open += 1;
  if (random() < 0.2) await turnOfLoop();
  for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await Promise.resolve();
  open -= 1;
  if (value instanceof Error && random() < 0.7) throw value;
  return value;
};

const isThenable = (value: unknown): boolean => value instanceof Promise;

/** What stands at `place`: values, nulls, failures, promises of each, in all the ways in which a resolver can give them. */
const makeUp = (schema: GraphQLSchema, type: GraphQLOutputType, { place, seed }: Omit<Source, 'typeName'>): unknown => {
  const random = createRandom(seedOf(`${seed} ${place}`));
  const make = (): unknown => {
    if (random() < 0.05) return pickOf(random, FAILURES)();
    if (random() < (isNonNullType(type) ? 0.01 : 0.12)) return random() < 0.5 ? null : undefined;
    const inner = getNullableType(type);
    if (isListType(inner)) {
      if (random() < 0.02) return pickOf(random, [7, 'no list', {}]);
      const entries = Array.from({ length: Math.floor(random() * 4) }, (_, index) =>
        makeUp(schema, inner.ofType, { place: `${place}.${index}`, seed }),
      );
      return random() < 0.1 ? new Set(entries) : entries;
    }
    if (isLeafType(inner)) return leafOf(random, inner);
    const typeName = isAbstractType(inner) ? pickOf(random, schema.getPossibleTypes(inner)).name : inner.name;
    return createSource(schema, { typeName, place, seed });
  };
  const value = make();
  // A list of promises is there at once: one of them could fail before anybody has seen the list.
  const isSeenLate = !(Symbol.iterator in Object(value)) || ![...(value as Iterable<unknown>)].some(isThenable);
  return isSeenLate && random() < 0.3 ? later(random, value) : value;
};

const isRead = (field: GraphQLField<unknown, unknown>): boolean => seedOf(field.name) % 2 === 0;

/** An object whose fields without a resolver are its properties, made up when they are read. */
const createSource = (schema: GraphQLSchema, source: Source): Source => {
  const type = schema.getType(source.typeName);
  const properties: PropertyDescriptorMap = {};
  for (const field of isObjectType(type) ? Object.values(type.getFields()) : [])
    if (isRead(field))
      properties[field.name] = {
        get: () => makeUp(schema, field.type, { place: `${source.place}.${field.name}`, seed: source.seed }),
      };
  return Object.defineProperties({ ...source }, properties);
};

const placeOf = (path: GraphQLResolveInfo['path'] | undefined): string =>
  path === undefined ? '' : `${placeOf(path.prev)}.${path.key}`;

const WRONG_TYPES = ['Nobody', 'Query', 'ArticleKind', undefined];

/**
 * The gateway's schema over nothing: what each field gives follows from the seed of a run and the place of the field, so that two
 * executors meet the same. Half of the fields have resolvers, the others are read off their source.
 */
export const createHandMadeSchema = (): GraphQLSchema => {
  const schema = makeExecutableSchema({ typeDefs: readSchemaText() });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type))
      type.resolveType = (source: Source) => {
        const random = createRandom(seedOf(`${source.seed} ${source.place} type`));
        const name = random() < 0.04 ? pickOf(random, WRONG_TYPES) : source.typeName;
        return random() < 0.2 ? Promise.resolve(name) : name;
      };
    if (!isObjectType(type)) continue;
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    for (const field of Object.values(type.getFields()))
      if (isRoot || !isRead(field))
        field.resolve = (_source: unknown, given: unknown, { seed }: HandMadeContext, info: GraphQLResolveInfo) => {
          const value = makeUp(schema, field.type, { place: `${placeOf(info.path)}(${JSON.stringify(given)})`, seed });
          if (value instanceof Error) throw value;
          return value;
        };
  }
  return schema;
};
