import { SourceFailure } from '../source-failure.ts';

/** What was wrong with an answer: its status, that it is no GraphQL, that it holds errors, or what it holds. */
export type GraphqlFailureKind = 'status' | 'not-graphql' | 'errors' | 'shape';

/** An answer of a GraphQL API that cannot be used. The message says nothing of its content but the API's own error. */
export class GraphqlFailure extends SourceFailure {
  override readonly name = 'GraphqlFailure';
  readonly kind: GraphqlFailureKind;

  constructor(kind: GraphqlFailureKind, message: string, status: number | null = null) {
    super(message, status);
    this.kind = kind;
  }
}
