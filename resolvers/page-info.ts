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

/** The ends of what is on a page, or, when all of that was found gone, of what stood there. */
export const pageInfoOf = <Row>({ shown, read, cursorOf }: ReadPage<Row>, further: Further): PageInfo => {
  const rows = shown.length > 0 ? shown : read;
  const cursorAt = (place: number): string | null => {
    const row = rows.at(place);
    return row === undefined ? null : cursorOf(row);
  };
  return {
    ...further,
    get startCursor() {
      return cursorAt(0);
    },
    get endCursor() {
      return cursorAt(-1);
    },
  };
};

/** `node` where it stands in its list. */
export const edgeOf = <Node>(node: Node, cursorOf: (node: Node) => string) => ({
  get cursor() {
    return cursorOf(node);
  },
  node,
});
