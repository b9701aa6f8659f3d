import { types } from 'pg';
import { readInstant } from './read-instant.ts';

const TEXT = 25;
const TEXT_ARRAY: number = 1009;

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

const readAnyTextArray: (text: string) => unknown = types.getTypeParser(TEXT_ARRAY, 'text');

/** Where there is nothing but commas between the elements, as between ids, cutting there takes a twentieth of the time. */
const readTextArray = (text: string): unknown => {
  if (text === '{}') return [];
  const isPlain = !text.includes('"') && !text.includes('NULL') && text.lastIndexOf('{') === 0;
  return isPlain ? text.slice(1, -1).split(',') : readAnyTextArray(text);
};

const TIMESTAMP_WITH_ZONE = 1184;

/** How a column of a type is read from PostgreSQL's text form, for the pool and the embedded database alike. */
export const columnReader = (typeId: number): ((text: string) => unknown) => {
  const readAs = READ_AS_TEXT.get(typeId) ?? typeId;
  if (readAs === TEXT_ARRAY) return readTextArray;
  return readAs === TIMESTAMP_WITH_ZONE ? readInstant : types.getTypeParser(readAs, 'text');
};
