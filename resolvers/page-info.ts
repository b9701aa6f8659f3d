import type { Article } from '../src/content/entities.ts';
import type { Match } from '../src/content/search.ts';
import { mayReadBody } from '../src/loaders/read-blocks.ts';
import type { EdgeSource, SearchEdgeSource } from './sources.ts';
import type { PageInfo } from './types.generated.ts';

/** Whether a list goes on beyond a page, on either side. */
type Further = Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>;

/** A page as it was read: what is shown of it, and what stood there, some of which may have been found gone. */
export interface ReadPage<Row> {
  readonly shown: readonly Row[];
  readonly read: readonly Row[];
  /** Takes a digest: written for those cursors only that are asked for. */
  readonly cursorOf: (row: Row) => string;
}

/**
 * Classes, for their getters: V8 makes one of an object literal anew for each object, among old objects, where it holds the page
 * that it can reach until the whole heap is collected.
 */
class Ends<Row> implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #rows: readonly Row[];
  readonly #cursorOf: (row: Row) => string;

  constructor({ shown, read, cursorOf }: ReadPage<Row>, { hasNextPage, hasPreviousPage }: Further) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#rows = shown.length > 0 ? shown : read;
    this.#cursorOf = cursorOf;
  }

  get startCursor(): string | null {
    return this.#cursorAt(0);
  }

  get endCursor(): string | null {
    return this.#cursorAt(-1);
  }

  #cursorAt(place: number): string | null {
    const row = this.#rows.at(place);
    return row === undefined ? null : this.#cursorOf(row);
  }
}

class Edge<Row, Node> {
  readonly node: Node;
  readonly #row: Row;
  readonly #cursorOf: (row: Row) => string;

  constructor(node: Node, row: Row, cursorOf: (row: Row) => string) {
    this.node = node;
    this.#row = row;
    this.#cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.#cursorOf(this.#row);
  }
}

class MatchEdge extends Edge<Match, Article> {
  readonly snippetHtml: string | null;

  constructor(match: Match, cursorOf: (match: Match) => string) {
    super(match.article, match, cursorOf);
    // A passage is a part of the text: searched for often enough, it would be all of it.
    this.snippetHtml = mayReadBody(match.article) ? match.snippetHtml : null;
  }
}

/** The ends of what is on a page, or, when all of that was found gone, of what stood there. */
export const pageInfoOf = <Row>(page: ReadPage<Row>, further: Further): PageInfo => new Ends(page, further);

/** `node` where it stands in its list. */
export const edgeOf = <Node>(node: Node, cursorOf: (node: Node) => string): EdgeSource<Node> =>
  new Edge(node, node, cursorOf);

/** What `match` found, where it stands among what else was. */
export const matchEdgeOf = (match: Match, cursorOf: (match: Match) => string): SearchEdgeSource =>
  new MatchEdge(match, cursorOf);
