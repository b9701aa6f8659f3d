import {
  astFromValue,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedDirective,
  isUnionType,
  print,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Coordinate (`Article.excerpt(maxLength:)`) → what stands there (`Int = 200`), in one line. */
type Coordinates = Map<string, string>;

const printInput = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField): string => {
  const value = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return value === null || value === undefined ? String(type) : `${String(type)} = ${print(value)}`;
};

const semanticsOf = (field: GraphQLField<unknown, unknown>): string => {
  const promise = field.astNode?.directives?.find(({ name }) => name.value === 'semanticNonNull');
  return promise === undefined ? '' : ` ${print(promise)}`;
};

const kindOf = (type: GraphQLNamedType): string => type.constructor.name.replace(/^GraphQL/, '');

const addType = (coordinates: Coordinates, type: GraphQLNamedType): void => {
  coordinates.set(type.name, kindOf(type));
  if (isEnumType(type)) for (const { name } of type.getValues()) coordinates.set(`${type.name}.${name}`, 'enum value');
  if (isUnionType(type)) for (const { name } of type.getTypes()) coordinates.set(`${type.name} | ${name}`, 'member');
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields()))
      coordinates.set(`${type.name}.${field.name}`, printInput(field));
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  for (const { name } of type.getInterfaces()) coordinates.set(`${type.name} implements ${name}`, 'yes');
  for (const field of Object.values(type.getFields())) {
    coordinates.set(`${type.name}.${field.name}`, String(field.type) + semanticsOf(field));
    for (const argument of field.args)
      coordinates.set(`${type.name}.${field.name}(${argument.name}:)`, printInput(argument));
  }
};

/** Everything a client can lean on in `schema`, by coordinate. */
const coordinatesOf = (schema: GraphQLSchema): Coordinates => {
  const coordinates: Coordinates = new Map();
  for (const type of Object.values(schema.getTypeMap())) if (!isIntrospectionType(type)) addType(coordinates, type);
  for (const directive of schema.getDirectives()) {
    if (isSpecifiedDirective(directive)) continue;
    const where = directive.locations.toSorted().join(' | ');
    coordinates.set(`@${directive.name}`, `${directive.isRepeatable ? 'repeatable ' : ''}on ${where}`);
    for (const argument of directive.args)
      coordinates.set(`@${directive.name}(${argument.name}:)`, printInput(argument));
  }
  return coordinates;
};

/** Inputs the contract does not know but a client would have to send: they break every request written to the contract. */
const newlyRequired = (contract: GraphQLSchema, schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) => {
    const agreed = contract.getType(type.name);
    if (isInputObjectType(type) && isInputObjectType(agreed))
      return Object.values(type.getFields())
        .filter((field) => isRequiredInputField(field) && agreed.getFields()[field.name] === undefined)
        .map((field) => `${type.name}.${field.name}: not in the contract, yet required`);
    if (!(isObjectType(type) || isInterfaceType(type)) || !(isObjectType(agreed) || isInterfaceType(agreed))) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args
        .filter((argument) => {
          const agreedField = agreed.getFields()[field.name];
          return (
            agreedField !== undefined &&
            isRequiredArgument(argument) &&
            !agreedField.args.some((known) => known.name === argument.name)
          );
        })
        .map((argument) => `${type.name}.${field.name}(${argument.name}:): not in the contract, yet required`),
    );
  });

/**
 * Every way in which `schema` is not exactly what `contract` says, one line each: looser, tighter, another default,
 * or absent. What the contract does not know may be added, as long as no client has to send it.
 */
export const contractDifferences = (contract: GraphQLSchema, schema: GraphQLSchema): string[] => {
  const ours = coordinatesOf(schema);
  const differences = [...coordinatesOf(contract)]
    .filter(([coordinate, agreed]) => ours.get(coordinate) !== agreed)
    .map(([coordinate, agreed]) => `${coordinate}: ${ours.get(coordinate) ?? 'absent'}, not ${agreed}`);
  return [...differences, ...newlyRequired(contract, schema)];
};
