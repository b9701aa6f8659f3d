import {
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ConstDirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** How long an answer may be kept, and for whom. */
export interface CachePolicy {
  /** 0: never kept. */
  readonly maxAgeSeconds: number;
  readonly scope: 'PUBLIC' | 'PRIVATE';
}

/** What is known until the next release: the schema itself. */
const INTROSPECTION_MAX_AGE_SECONDS = 300;

interface Hint {
  readonly maxAge?: number;
  readonly scope?: 'PUBLIC' | 'PRIVATE';
  readonly inheritMaxAge?: boolean;
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[];
}

const NO_HINT: Hint = {};
/** What every place of a schema says, read once: a document asks for the same ones over and over. */
const hints = new WeakMap<Directed, Hint>();

const hintOf = (schema: GraphQLSchema, node: Directed | null | undefined): Hint => {
  if (!node) return NO_HINT;
  let hint = hints.get(node);
  if (hint === undefined) {
    const directive = schema.getDirective('cacheControl');
    hint = (directive ? getDirectiveValues(directive, node) : undefined) ?? NO_HINT;
    hints.set(node, hint);
  }
  return hint;
};

/** The document with nothing in it but `operation` and the fragments it reaches. */
const reachable = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode => {
  const wanted = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || wanted.has(name.value)) return;
        wanted.set(name.value, fragment);
        collect(fragment);
      },
    });
  };
  collect(operation);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...wanted.values()] };
};

/**
 * The policy of `operation`: the shortest `@cacheControl(maxAge:)` over every schema coordinate in it, whatever alias
 * or fragment it stands in, and PRIVATE if any of them is. A field's own hint goes before its type's; where an interface
 * or a union is returned, every type it may turn out to be counts. A root field without a hint is not kept: what reads
 * the caller must be said to be cacheable, never assumed.
 */
export const decideCachePolicy = (
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): CachePolicy => {
  if (operation.operation !== OperationTypeNode.QUERY) return { maxAgeSeconds: 0, scope: 'PRIVATE' };
  const queryType = schema.getQueryType();
  let maxAgeSeconds = Infinity;
  let scope: CachePolicy['scope'] = 'PUBLIC';
  const types = new TypeInfo(schema);
  visit(
    reachable(operation, fragments),
    visitWithTypeInfo(types, {
      Field: {
        enter() {
          const field = types.getFieldDef();
          const parent = types.getParentType();
          if (!field || !parent) return;
          const type = getNamedType(field.type);
          const own = hintOf(schema, field.astNode);
          const ofType = isCompositeType(type) ? hintOf(schema, type.astNode) : {};
          const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
          const ofPossible = possible.map(({ astNode }) => hintOf(schema, astNode));
          if ([own, ofType, ...ofPossible].some((hint) => hint.scope === 'PRIVATE')) scope = 'PRIVATE';
          const maxAge = own.maxAge ?? (own.inheritMaxAge === true ? undefined : ofType.maxAge);
          const isIntrospection = field.name.startsWith('__');
          const fallback = isIntrospection ? INTROSPECTION_MAX_AGE_SECONDS : parent === queryType ? 0 : undefined;
          const bounds = [maxAge ?? fallback, ...ofPossible.map((hint) => hint.maxAge)];
          maxAgeSeconds = Math.min(maxAgeSeconds, ...bounds.map((bound) => bound ?? Infinity));
        },
      },
    }),
  );
  return { maxAgeSeconds: Number.isFinite(maxAgeSeconds) ? maxAgeSeconds : 0, scope };
};
