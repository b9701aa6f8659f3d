import { checkSize } from './arguments.ts';
import type { Context } from './context.ts';
import { pageInfoOf } from './page-info.ts';
import type { ChangeConnectionSource } from './sources.ts';
import type { ChangeResolvers, QueryChangesArgs } from './types.generated.ts';

/** Length of a page nobody gave a length for. */
const DEFAULT_SIZE = 50;

/** Arguments as they come: null and absent are the same. */
type LooseArgs = { readonly [Name in keyof QueryChangesArgs]?: QueryChangesArgs[Name] | null | undefined };

/**
 * A part of the changes that the caller may hear of.
 *
 * @throws {GatewayError} BAD_USER_INPUT for a size out of range or a foreign cursor, CURSOR_EXPIRED for one too old.
 */
export const readChanges = async (
  { first, after, editions }: LooseArgs,
  context: Context,
): Promise<ChangeConnectionSource> => {
  const page = await context.readDeltas({
    first: checkSize('first', first, DEFAULT_SIZE),
    after: after ?? null,
    editions: editions ?? [],
  });
  const { changes, cursor, hasMore } = page;
  const pageInfo = pageInfoOf(
    { shown: changes, read: [], cursorOf: (edge) => edge.cursor },
    { hasNextPage: hasMore, hasPreviousPage: typeof after === 'string' },
  );
  return {
    cursor,
    edges: changes.map((edge) => ({ cursor: edge.cursor, node: edge.change })),
    // An empty page has an end all the same: the stream goes on there.
    pageInfo: changes.length === 0 ? { ...pageInfo, startCursor: cursor, endCursor: cursor } : pageInfo,
  };
};

export const Change: ChangeResolvers = {
  occurredAt: ({ occurredAt }) => new Date(occurredAt).toISOString(),
};
