import { createHash } from 'node:crypto';
import {
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  print,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { GatewayError } from '../errors.ts';
import type { Detail } from '../content/detail.ts';
import { decideCachePolicy, type CachePolicy } from './cache-policy.ts';
import { decideDetail } from './decide-detail.ts';
import { isTextAsked } from './is-text-asked.ts';
import { countTokens } from './limits/count-tokens.ts';
import { holdLimit, type Limits } from './limits/limits.ts';
import { measureStructure } from './limits/measure-structure.ts';
import { createCostMemory } from './limits/remember-cost.ts';
import { mapToRequestFailure, RequestFailure } from './request-failure.ts';

/** A GraphQL request as it came. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** A request that may run: parsed, valid, within the limits. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  /** All of the document, by name. */
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Digest of the whole document printed: the same for the same meaning, whatever its blanks and comments. */
  readonly documentDigest: string;
  readonly policy: CachePolicy;
  /** How much of the articles of its lists it looks at. */
  readonly detail: Detail;
  /** Whether it looks at the text of an article that it asks for by its address. */
  readonly isTextAsked: boolean;
  /** Coerced, defaults filled in. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly cost: number;
}

export interface Documents {
  /** @throws {RequestFailure} when the request cannot run: parse, validation, variables or a limit. */
  prepare(request: OperationRequest): PreparedOperation;
}

interface KnownOperation extends Pick<PreparedOperation, 'policy' | 'detail' | 'isTextAsked'> {
  readonly node: OperationDefinitionNode;
}

interface Known {
  readonly digest: string;
  readonly operations: ReadonlyMap<string, KnownOperation>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Validation and coercion stop here: the rest of the list would help nobody, and each error costs time. */
const VALIDATION_ERROR_LIMIT = 20;
/** Texts of documents kept parsed. */
const KNOWN_LIMIT_BYTES = 16 * 1024 * 1024;
/** Bytes of heap a letter of a dense document takes once parsed, places included: measured, about 155. */
export const PARSED_LETTER_BYTES = 160;

/** Parses and validates each document once, and says of each request whether it may run. */
export const createDocuments = (schema: GraphQLSchema, limits: Limits): Documents => {
  const known = new LRUCache<string, Known>({
    maxSize: KNOWN_LIMIT_BYTES,
    sizeCalculation: (_, text) => 1 + text.length * PARSED_LETTER_BYTES,
  });
  const measureCost = createCostMemory(schema);

  const parseText = (text: string): DocumentNode => {
    holdLimit(limits, 'tokens', countTokens(text));
    try {
      return parse(text);
    } catch (error) {
      throw new RequestFailure('GRAPHQL_PARSE_FAILED', [error as GraphQLError]);
    }
  };

  const read = (text: string): Known => {
    const document = parseText(text);
    const nodes = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    const fragments = new Map(
      document.definitions
        .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
        .map((node) => [node.name.value, node] as const),
    );
    // Before validation: some of its rules take time with the square of what a document has.
    for (const node of nodes) {
      const structure = measureStructure(node, fragments);
      for (const limit of ['rootFields', 'depth', 'introspectionDepth', 'aliases', 'directives'] as const)
        holdLimit(limits, limit, structure[limit]);
    }
    // Without a root type there is nothing graphql-js would validate against, and it finds no fault.
    const unserved = nodes.find(({ operation }) => schema.getRootType(operation) === undefined);
    if (unserved !== undefined)
      throw new RequestFailure('GRAPHQL_VALIDATION_FAILED', [
        new GraphQLError(`This gateway has no ${unserved.operation}s`, { nodes: unserved }),
      ]);
    const errors = validate(schema, document, undefined, { maxErrors: VALIDATION_ERROR_LIMIT });
    if (errors.length > 0) throw new RequestFailure('GRAPHQL_VALIDATION_FAILED', errors);
    return {
      digest: createHash('sha256').update(print(document)).digest('base64'),
      fragments,
      operations: new Map(
        nodes.map((node) => {
          const policy = decideCachePolicy(schema, node, fragments);
          const detail = decideDetail(schema, node, fragments);
          return [node.name?.value ?? '', { node, policy, detail, isTextAsked: isTextAsked(node, fragments) }];
        }),
      ),
    };
  };

  const pick = ({ operations }: Known, name: string | undefined) => {
    const picked =
      name === undefined ? [...operations.values()] : [operations.get(name)].filter((found) => found !== undefined);
    if (picked.length === 1 && picked[0] !== undefined) return picked[0];
    const message =
      name === undefined
        ? `The document has ${operations.size} operations: say which with operationName`
        : 'The document has no operation of that name';
    throw new RequestFailure('BAD_REQUEST', [new GraphQLError(message)]);
  };

  const prepare = ({ query, operationName, variables }: OperationRequest): PreparedOperation => {
    let document = known.get(query);
    if (document === undefined) {
      document = read(query);
      known.set(query, document);
    }
    const { node, ...decided } = pick(document, operationName);
    const values = getVariableValues(schema, node.variableDefinitions ?? [], variables ?? {}, {
      maxErrors: VALIDATION_ERROR_LIMIT,
    });
    if (values.errors !== undefined) throw new RequestFailure('BAD_USER_INPUT', values.errors);
    const cost = measureCost(node, document.fragments, values.coerced);
    holdLimit(limits, 'cost', cost);
    const { digest, fragments } = document;
    return { operation: node, fragments, documentDigest: digest, ...decided, variables: values.coerced, cost };
  };

  return {
    prepare(request) {
      try {
        return prepare(request);
      } catch (error) {
        throw error instanceof GatewayError ? mapToRequestFailure(error) : error;
      }
    },
  };
};
