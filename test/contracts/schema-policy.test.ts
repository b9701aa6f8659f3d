import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { readSchema } from './schema-text.ts';

const schema: GraphQLSchema = readSchema();

const valuesOf = (
  name: string,
  element: Pick<GraphQLField<unknown, unknown>, 'astNode'> | GraphQLObjectType,
): Record<string, unknown> | undefined => {
  const directive = schema.getDirective(name);
  if (!directive) throw new TypeError(`the schema has no @${name}`);
  return element.astNode ? getDirectiveValues(directive, element.astNode) : undefined;
};

interface Place {
  readonly coordinate: string;
  readonly owner: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

const places: readonly Place[] = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((owner) =>
    Object.values(owner.getFields()).map((field) => ({ coordinate: `${owner.name}.${field.name}`, owner, field })),
  );

const coordinatesWhere = (holds: (place: Place) => boolean): string[] =>
  places.filter(holds).map(({ coordinate }) => coordinate);

const isListOfObjects = ({ field }: Place): boolean =>
  isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type));

const isConnection = ({ field }: Place): boolean => getNamedType(field.type).name.endsWith('Connection');

const takes = ({ field }: Place, name: string): boolean => field.args.some((argument) => argument.name === name);

describe('@listSize', () => {
  it('says how long every list of objects is, on the list itself or on the connection around it', () => {
    const unsized = coordinatesWhere((place) => {
      const isSizedFromAbove = place.owner.name.endsWith('Connection') && ['edges', 'nodes'].includes(place.field.name);
      return (isListOfObjects(place) || isConnection(place)) && !isSizedFromAbove && !valuesOf('listSize', place.field);
    });
    expect(unsized).toEqual([]);
  });

  it('reads the length of a list that is paged both ways from `first` and `last`', () => {
    const both = places.filter((place) => takes(place, 'last'));
    expect(both.map(({ coordinate }) => coordinate)).toEqual(
      expect.arrayContaining(['Edition.articles', 'Section.articles', 'Tag.articles', 'Author.articles']),
    );
    for (const { coordinate, field } of both)
      expect({ coordinate, size: valuesOf('listSize', field) }).toEqual({
        coordinate,
        size: {
          assumedSize: 20,
          slicingArguments: ['first', 'last'],
          sizedFields: ['edges', 'nodes'],
          requireOneSlicingArgument: false,
        },
      });
  });

  it('assumes the default of `first` where `first` is left out', () => {
    const sliced = places.filter((place) => takes(place, 'first') && !takes(place, 'last'));
    expect(sliced.length).toBeGreaterThan(4);
    for (const { coordinate, field } of sliced)
      expect({ coordinate, size: valuesOf('listSize', field) }).toMatchObject({
        coordinate,
        size: {
          assumedSize: field.args.find(({ name }) => name === 'first')?.defaultValue,
          slicingArguments: ['first'],
          requireOneSlicingArgument: false,
        },
      });
  });

  it('assumes a length, or names an argument that must be given, on every list', () => {
    const unbounded = coordinatesWhere(({ field }) => {
      const size = valuesOf('listSize', field);
      if (!size || size['assumedSize'] !== undefined) return false;
      const slicing = (size['slicingArguments'] ?? []) as string[];
      return !field.args.some((argument) => slicing.includes(argument.name) && isRequiredArgument(argument));
    });
    expect(unbounded).toEqual([]);
  });

  it('names only arguments that the field has', () => {
    const misnamed = coordinatesWhere(({ field }) =>
      ((valuesOf('listSize', field)?.['slicingArguments'] ?? []) as string[]).some(
        (slicing) => !field.args.some(({ name }) => name === slicing),
      ),
    );
    expect(misnamed).toEqual([]);
  });
});

describe('@cost', () => {
  it('is a decimal number wherever it stands', () => {
    const weights = places.flatMap(({ owner, field }) => [valuesOf('cost', field), valuesOf('cost', owner)]);
    const given = weights.filter((cost) => cost !== undefined).map((cost) => cost['weight']);
    expect(given.length).toBeGreaterThan(8);
    expect(given.filter((weight) => !/^\d+(\.\d+)?$/.test(String(weight)))).toEqual([]);
  });
});

describe('@cacheControl', () => {
  it('lets every root field of a query be kept that is not one caller’s own, and none of a mutation', () => {
    const roots = (type: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] =>
      Object.values(type?.getFields() ?? {});
    const kept = roots(schema.getQueryType()).filter(
      (field) => Number(valuesOf('cacheControl', field)?.['maxAge']) > 0,
    );
    const shared = roots(schema.getQueryType()).filter(
      (field) => valuesOf('cacheControl', field)?.['scope'] !== 'PRIVATE',
    );
    expect(kept.map(({ name }) => name)).toEqual(shared.map(({ name }) => name));
    expect(shared.length).toBeGreaterThan(5);
    const [viewer] = roots(schema.getQueryType()).filter(({ name }) => name === 'viewer');
    expect(viewer && valuesOf('cacheControl', viewer)).toEqual({ maxAge: 0, scope: 'PRIVATE' });
    expect(roots(schema.getMutationType()).filter((field) => valuesOf('cacheControl', field))).toEqual([]);
  });

  it('bounds every entity, and counters like what they count: they are filled in when an answer is sent', () => {
    const maxAgeOf = (name: string): unknown => {
      const type = schema.getType(name);
      return isObjectType(type) ? valuesOf('cacheControl', type)?.['maxAge'] : undefined;
    };
    const ages = ['Edition', 'Section', 'Tag', 'Author', 'Article'].map(maxAgeOf);
    expect(ages).toEqual([300, 300, 300, 300, 300]);
    expect(maxAgeOf('Engagement')).toBe(300);
  });

  it('shortens no page for its side columns', () => {
    const columns = ['Edition.trending', 'Edition.mostRead', 'Article.related'];
    const shortened = places.filter(
      ({ coordinate, field }) => columns.includes(coordinate) && valuesOf('cacheControl', field),
    );
    expect(coordinatesWhere(({ coordinate }) => columns.includes(coordinate))).toHaveLength(columns.length);
    expect(shortened).toEqual([]);
  });
});
