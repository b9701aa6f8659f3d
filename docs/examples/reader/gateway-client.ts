import { loadOperations } from './load-operations.ts';
import type {
  AuthorsQuery,
  AuthorsQueryVariables,
  EditionsQuery,
  FramePageQuery,
  FramePageQueryVariables,
  FrontPageQuery,
  FrontPageQueryVariables,
  PageQuery,
  PageQueryVariables,
  RecordEngagementMutation,
  RecordEngagementMutationVariables,
  SearchQuery,
  SearchQueryVariables,
} from './operations.generated.ts';

/** What can be asked: the operations in `operations/`, by name. */
export interface Operations {
  Page: { readonly variables: PageQueryVariables; readonly data: PageQuery };
  FrontPage: { readonly variables: FrontPageQueryVariables; readonly data: FrontPageQuery };
  FramePage: { readonly variables: FramePageQueryVariables; readonly data: FramePageQuery };
  Search: { readonly variables: SearchQueryVariables; readonly data: SearchQuery };
  Authors: { readonly variables: AuthorsQueryVariables; readonly data: AuthorsQuery };
  Editions: { readonly variables: Readonly<Record<string, never>>; readonly data: EditionsQuery };
  RecordEngagement: {
    readonly variables: RecordEngagementMutationVariables;
    readonly data: RecordEngagementMutation;
  };
}

/** One thing that went wrong while the gateway answered. */
export interface Fault {
  /** E.g. `BAD_USER_INPUT`. */
  readonly code: string;
  /** Where in the answer, from its root; empty: all of it. */
  readonly path: readonly (string | number)[];
}

/** What the gateway said: `data` may be there in part, and a field that is null for a fault is named by one. */
export interface Answer<Data> {
  readonly data: Data;
  readonly faults: readonly Fault[];
}

const READERS_CODES: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'CURSOR_EXPIRED']);

/** Whether codes tell of a reader's mistake, e.g. a cursor that was cut short, and of no fault of the gateway's. */
export const isReadersFault = (codes: readonly string[]): boolean =>
  codes.length > 0 && codes.every((code) => READERS_CODES.has(code));

/** The gateway gave no data: it is away, it is too slow, or it refused. */
export class GatewayAway extends Error {
  override readonly name = 'GatewayAway';
  /** Codes it gave; empty when it did not answer at all. */
  readonly codes: readonly string[];

  constructor(codes: readonly string[], options?: ErrorOptions) {
    super(`The gateway gave no data${codes.length > 0 ? `: ${codes.join(', ')}` : ''}`, options);
    this.codes = codes;
  }
}

/** Asks a gateway what this site wants to know. */
export interface GatewayClient {
  /**
   * @param visitor for whom; absent: for whoever looks.
   * @throws {GatewayAway}
   */
  ask<Name extends keyof Operations>(
    name: Name,
    variables: Operations[Name]['variables'],
    visitor?: string,
  ): Promise<Answer<Operations[Name]['data']>>;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/**
 * Asks the gateway at `gatewayUrl`, without a trailing slash.
 *
 * @param patienceMs after so long an answer is no longer waited for.
 */
export const createGatewayClient = (gatewayUrl: string, patienceMs: number): GatewayClient => {
  const documents = loadOperations();

  const send = async (name: string, variables: unknown, visitor: string | undefined): Promise<Body> => {
    try {
      const response = await fetch(`${gatewayUrl}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...(visitor === undefined ? {} : { 'x-forwarded-for': visitor }),
        },
        body: JSON.stringify({ query: documents.get(name), variables }),
        signal: AbortSignal.timeout(patienceMs),
      });
      return (await response.json()) as Body;
    } catch (error) {
      throw new GatewayAway([], { cause: error });
    }
  };

  return {
    async ask(name, variables, visitor) {
      const { data, errors = [] } = await send(name, variables, visitor);
      const faults = errors.map(({ path = [], extensions }) => ({ path, code: extensions?.code ?? 'UNKNOWN' }));
      // Refused as a whole. With data, a fault costs one field and the page goes without it.
      if (data === undefined || data === null) throw new GatewayAway(faults.map(({ code }) => code));
      return { data: data as Operations[typeof name]['data'], faults };
    },
  };
};
