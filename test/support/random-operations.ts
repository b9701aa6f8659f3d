import {
  astFromValue,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  parse,
  print,
  validate,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { pickOf, type Random } from './create-random.ts';
import type { Pool } from './document-pools.ts';
import { randomArgumentOf } from './random-values.ts';

/** A document with the values of its variables. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Field = GraphQLField<unknown, unknown>;

const DEPTH = 5;
const INTROSPECTION = [
  '__schema { queryType { name } directives { name args { name } } }',
  '__type(name: "Article") { kind name fields { name type { name ofType { name } } } }',
];

/** One attempt: by chance it may be a document that is not valid. */
const attempt = (schema: GraphQLSchema, random: Random, pool: Pool): RandomOperation => {
  const fragments: { readonly name: string; readonly on: string; readonly text: string }[] = [];
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};
  const chance = (share: number): boolean => random() < share;
  let names = 0;
  const newName = (letter: string): string => `${letter}${(names += 1)}`;

  const define = (type: string, value: unknown): string => {
    const name = newName('v');
    definitions.push(`$${name}: ${type}`);
    if (value !== undefined) variables[name] = value;
    return `$${name}`;
  };

  const conditions: string[] = [];
  const pickCondition = (): string => {
    if (conditions.length > 0 && chance(0.5)) return pickOf(random, conditions);
    // Null where a default would have been is found out when the field is reached.
    const condition = chance(0.1)
      ? define('Boolean = true', pickOf(random, [null, undefined, false]))
      : define('Boolean!', chance(0.5));
    conditions.push(condition);
    return condition;
  };
  const writeDirective = (): string => {
    if (!chance(0.15)) return '';
    const condition = chance(0.7) ? pickCondition() : String(chance(0.5));
    return ` @${chance(0.5) ? 'include' : 'skip'}(if: ${condition})`;
  };

  const writeArgument = (field: Field, argument: GraphQLArgument): string => {
    const value = randomArgumentOf(random, { field, argument }, pool);
    if (chance(0.5)) {
      const isLeftOut = !isRequiredArgument(argument) && chance(0.15);
      return `${argument.name}: ${define(String(argument.type), isLeftOut ? undefined : value)}`;
    }
    const node = astFromValue(value, argument.type);
    return `${argument.name}: ${node ? print(node) : 'null'}`;
  };

  const writeField = (field: Field, depth: number): string => {
    const given = field.args
      .filter((argument) => isRequiredArgument(argument) || argument.name === 'first' || chance(0.2))
      // Given by chance, most of them would be refused for how they go together.
      .filter(({ name }) => name !== 'last' && name !== 'before')
      .map((argument) => writeArgument(field, argument));
    const alias = given.length > 0 || chance(0.25) ? `${newName('a')}: ` : '';
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` { ${writeSet(type, depth - 1)} }` : '';
    return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${writeDirective()}${inner}`;
  };

  /** A type that a fragment inside `type` may be on. */
  const pickType = (type: GraphQLCompositeType): GraphQLCompositeType => {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
    return pickOf(random, [type, ...possible, ...interfaces]);
  };

  const writeFragment = (type: GraphQLCompositeType, depth: number): string => {
    const condition = pickType(type);
    if (chance(0.5)) {
      const on = condition === type && chance(0.3) ? '' : ` on ${condition.name}`;
      return `...${on}${writeDirective()} { ${writeSet(condition, depth)} }`;
    }
    const known = fragments.find(({ on }) => on === condition.name);
    if (known !== undefined && chance(0.5)) return `...${known.name}${writeDirective()}`;
    const text = writeSet(condition, depth);
    const name = newName('F');
    fragments.push({ name, on: condition.name, text });
    return `...${name}${writeDirective()}`;
  };

  const writeSet = (type: GraphQLCompositeType, depth: number): string => {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const reachable = depth > 0 ? fields : fields.filter((field) => isLeafType(getNamedType(field.type)));
    const written = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
      if (reachable.length === 0 || chance(0.1)) return chance(0.5) ? '__typename' : `${newName('a')}: __typename`;
      return chance(0.3) && depth > 0 ? writeFragment(type, depth - 1) : writeField(pickOf(random, reachable), depth);
    });
    // An interface or a union that is looked at from outside only shows little.
    if (isAbstractType(type) && depth > 0) written.push(writeFragment(type, depth - 1));
    return written.join(' ');
  };

  const isMutation = chance(0.05);
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new TypeError('A schema without queries and mutations');
  const body = `${writeSet(root, DEPTH)}${!isMutation && chance(0.05) ? ` ${pickOf(random, INTROSPECTION)}` : ''}`;
  const head = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
  const query = [
    `${isMutation ? 'mutation' : 'query'} Q${head} { ${body} }`,
    ...fragments.map(({ name, on, text }) => `fragment ${name} on ${on} { ${text} }`),
  ].join('\n');
  return { query, variables };
};

/** A valid operation on `schema` by chance: fields, aliases, arguments, fragments on every kind of type, `@skip`, `@include`. */
export const randomOperation = (schema: GraphQLSchema, random: Random, pool: Pool): RandomOperation => {
  for (;;) {
    const operation = attempt(schema, random, pool);
    if (validate(schema, parse(operation.query), undefined, { maxErrors: 1 }).length === 0) return operation;
  }
};
