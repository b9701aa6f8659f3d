import type { z } from 'zod';
import { outOfContract, type Parameters, type WordPressAnswer, type WordPressClient } from './wordpress-client.ts';

/** Most that WordPress gives at once. */
export const PAGE_SIZE = 100;

/** Of a page, in the next: where one begins no later than the one before ended, nothing was skipped between them. */
const OVERLAP = 5;

/** Where a walk stands. */
export interface Place {
  readonly offset: number;
  /** The greatest id that was given; 0: none. */
  readonly lastId: number;
}

export interface ById<Row> {
  readonly rows: readonly Row[];
  /** Null: that was all. */
  readonly next: Place | null;
}

export interface Walk<Row> {
  readonly route: string;
  readonly parameters: Parameters;
  readonly shape: z.ZodType<readonly Row[]>;
}

const readPage = async <Row extends { readonly id: number }>(
  client: WordPressClient,
  { route, parameters, shape }: Walk<Row>,
  offset: number,
): Promise<WordPressAnswer<readonly Row[]>> => {
  const page = await client.get(
    route,
    { ...parameters, orderby: 'id', order: 'asc', per_page: PAGE_SIZE, offset },
    shape,
  );
  if (page.value.some(({ id }, index) => id <= (page.value[index - 1]?.id ?? 0)))
    throw outOfContract(client, 'a list by id that is in no order');
  return page;
};

/**
 * A page of what `route` lists, by ascending id. WordPress pages by offset alone: what is deleted meanwhile moves the rest
 * up, so that a page begun where the last one ended would skip as many. Each page therefore begins within the last one, and
 * where it does not, because more than the overlap has gone, it is read again from further up.
 *
 * @throws {StoreError}
 */
export const readById = async <Row extends { readonly id: number }>(
  client: WordPressClient,
  walk: Walk<Row>,
  { offset, lastId }: Place,
): Promise<ById<Row>> => {
  let start = offset;
  let page = await readPage(client, walk, start);
  while (start > 0 && (page.value[0]?.id ?? Infinity) > lastId) {
    const above = Math.max(0, start - PAGE_SIZE);
    const pageAbove = await readPage(client, walk, above);
    // Nothing was skipped: what lies between is not for this user to see. WordPress counts it and leaves it out.
    if (!pageAbove.value.some(({ id }) => id > lastId)) break;
    [start, page] = [above, pageAbove];
  }
  const { value, total } = page;
  const rows = value.filter(({ id }) => id > lastId);
  // For the same reason a short page need not be the last.
  const isLast = total === null ? value.length < PAGE_SIZE : start + PAGE_SIZE >= total;
  const next = { offset: start + PAGE_SIZE - OVERLAP, lastId: Math.max(lastId, ...rows.map(({ id }) => id)) };
  return { rows, next: isLast ? null : next };
};

/** Some 100,000 rows: no desk has as many tags, and a list that never ends must. */
const MAX_PAGES = 1_000;

/**
 * All that `walk` lists.
 *
 * @throws {StoreError} also when it does not end.
 */
export const readAllById = async <Row extends { readonly id: number }>(
  client: WordPressClient,
  walk: Walk<Row>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let place: Place | null = { offset: 0, lastId: 0 };
  for (let pages = 0; place !== null; pages += 1) {
    if (pages === MAX_PAGES) throw outOfContract(client, 'a list that does not end');
    const page: ById<Row> = await readById(client, walk, place);
    rows.push(...page.rows);
    place = page.next;
  }
  return rows;
};
