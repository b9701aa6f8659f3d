import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { readSchema } from './schema-text.ts';

type Described = readonly [coordinate: string, description: string | null | undefined];

const describedIn = (type: GraphQLNamedType): Described[] => {
  const own: Described = [type.name, type.description];
  if (isEnumType(type))
    return [own, ...type.getValues().map((value): Described => [`${type.name}.${value.name}`, value.description])];
  if (isInputObjectType(type))
    return [
      own,
      ...Object.values(type.getFields()).map((field): Described => [`${type.name}.${field.name}`, field.description]),
    ];
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  return [
    own,
    ...Object.values(type.getFields()).flatMap((field): Described[] => [
      [`${type.name}.${field.name}`, field.description],
      ...field.args.map(({ name, description }): Described => [`${type.name}.${field.name}(${name}:)`, description]),
    ]),
  ];
};

const everythingIn = (schema: GraphQLSchema): Described[] => [
  ...Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap(describedIn),
  ...schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive))
    .flatMap((directive): Described[] => [
      [`@${directive.name}`, directive.description],
      ...directive.args.map(({ name, description }): Described => [`@${directive.name}(${name}:)`, description]),
    ]),
];

/** A sentence, or a phrase that stands for one: it begins like one and it ends. */
const SENTENCE = /^[\p{Lu}\d`"][^]*\S[.`]$/u;

const undescribed = (schema: GraphQLSchema): string[] =>
  everythingIn(schema)
    .filter(([, description]) => !SENTENCE.test(description ?? ''))
    .map(([coordinate]) => coordinate);

describe('descriptions', () => {
  it('stand on every type, field, argument, input field, enum value and directive', () => {
    const schema = readSchema();
    expect(everythingIn(schema).length).toBeGreaterThan(350);
    expect(undescribed(schema)).toEqual([]);
  });

  it('are missed wherever there is none', () => {
    const bare = buildSchema(`
      directive @mark(by: Int) on OBJECT
      scalar Bare
      enum Order { "" NEWEST }
      interface Node { id: ID! }
      input Filter { order: Order }
      type Query { "todo" a(first: Int): Bare }
    `);
    expect(undescribed(bare).toSorted()).toEqual(
      [
        '@mark',
        '@mark(by:)',
        'Bare',
        'Filter',
        'Filter.order',
        'Node',
        'Node.id',
        'Order',
        'Order.NEWEST',
        'Query',
        'Query.a',
        'Query.a(first:)',
      ].toSorted(),
    );
  });
});
