import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isAbstractType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLInterfaceType,
  type GraphQLSchema,
} from 'graphql';
import { VARIABLE_TYPES, variableOf } from './document-variables.ts';

/** Ways of writing the same selection. Whatever decides about a field must not be dodged by any of them. */
export const FORMS = ['plain', 'aliased', 'inline fragments', 'named fragments', 'included by a variable'] as const;
export type Form = (typeof FORMS)[number];

/** A document that selects one coordinate, and the variables it takes of a pool. */
export interface CoordinateDocument {
  readonly coordinate: string;
  readonly query: string;
  readonly variables: readonly string[];
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

interface Step {
  readonly parent: Composite;
  readonly field: GraphQLField<unknown, unknown>;
}

const fieldsOf = (type: GraphQLNamedType | undefined): readonly GraphQLField<unknown, unknown>[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

/** The shortest way from the query to every type. */
const findWays = (schema: GraphQLSchema): ReadonlyMap<string, readonly Step[]> => {
  const query = schema.getQueryType();
  if (!query) throw new TypeError('A schema without queries');
  const ways = new Map<string, readonly Step[]>([[query.name, []]]);
  const queue: GraphQLNamedType[] = [query];
  for (let type = queue.shift(); type !== undefined; type = queue.shift()) {
    const way = ways.get(type.name) ?? [];
    for (const field of fieldsOf(type)) {
      const found = getNamedType(field.type);
      const reached = isAbstractType(found) ? [found, ...schema.getPossibleTypes(found)] : [found];
      for (const next of reached) {
        if (!isCompositeType(next) || ways.has(next.name)) continue;
        ways.set(next.name, [...way, { parent: type as Composite, field }]);
        queue.push(next);
      }
    }
  }
  return ways;
};

/** One document per coordinate of the schema that a query can reach, in `form`. */
export const coordinateDocuments = (schema: GraphQLSchema, form: Form): readonly CoordinateDocument[] => {
  const documents: CoordinateDocument[] = [];
  for (const [typeName, way] of findWays(schema)) {
    const type = schema.getType(typeName);
    for (const field of fieldsOf(type)) {
      const steps = [...way, { parent: type as Composite, field }];
      const used = new Set<string>(form === 'included by a variable' ? ['yes'] : []);
      const fragments: string[] = [];
      const write = (place: number): string => {
        const step = steps[place];
        if (step === undefined) return '__typename';
        const given = step.field.args.filter(isRequiredArgument).map(({ name }) => {
          const variable = variableOf(step.field, name);
          used.add(variable);
          return `${name}: $${variable}`;
        });
        const inner = isCompositeType(getNamedType(step.field.type)) ? ` { ${write(place + 1)} }` : '';
        const alias = form === 'aliased' ? `renamed${place}: ` : '';
        const directive = form === 'included by a variable' ? ' @include(if: $yes)' : '';
        const selected = `${alias}${step.field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${directive}${inner}`;
        if (form === 'named fragments') {
          fragments.push(`fragment F${place} on ${step.parent.name} { ${selected} }`);
          return `__typename ...F${place}`;
        }
        // A member of an interface or a union is reached through its own name only.
        const before = place === 0 ? undefined : getNamedType((steps[place - 1] as Step).field.type);
        const isNarrowed = before !== undefined && before.name !== step.parent.name;
        return isNarrowed || form === 'inline fragments'
          ? `__typename ... on ${step.parent.name} { ${selected} }`
          : selected;
      };
      const selection = write(0);
      const variables = [...used];
      const head =
        variables.length > 0 ? `(${variables.map((name) => `$${name}: ${VARIABLE_TYPES[name]}`).join(', ')})` : '';
      documents.push({
        coordinate: `${typeName}.${field.name}`,
        query: `query Q${head} { ${selection} } ${fragments.join(' ')}`.trim(),
        variables,
      });
    }
  }
  return documents;
};
