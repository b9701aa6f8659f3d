import { types } from 'pg';

const TEXT = 25;
const TEXT_ARRAY = 1009;

/** Calendar dates and clock times belong to no zone, and the driver would put them into this machine's: they stay text. */
const READ_AS_TEXT: ReadonlyMap<number, number> = new Map([
  [600, TEXT], // point
  [718, TEXT], // circle
  [1082, TEXT], // date
  [1114, TEXT], // timestamp
  [1186, TEXT], // interval
  [1017, TEXT_ARRAY],
  [719, TEXT_ARRAY],
  [1182, TEXT_ARRAY],
  [1115, TEXT_ARRAY],
  [1187, TEXT_ARRAY],
  [1231, TEXT_ARRAY], // numeric[]: exact, as numeric is
]);

/** How a column of a type is read from PostgreSQL's text form, for the pool and the embedded database alike. */
export const columnReader = (typeId: number): ((text: string) => unknown) =>
  types.getTypeParser(READ_AS_TEXT.get(typeId) ?? typeId, 'text');
