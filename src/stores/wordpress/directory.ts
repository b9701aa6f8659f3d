import type { Clock, Instant } from '../../clock.ts';

/** Rows that are named by numbers, kept in memory for a while. */
export interface Directory<Row> {
  /** The rows that are there among `numbers`; what is not known, or was read too long ago, is read in one go. */
  rowsOf(numbers: Iterable<number>): Promise<ReadonlyMap<number, Row>>;
  /** Every row, read now. */
  all(): Promise<readonly Row[]>;
}

export interface DirectoryOptions<Row> {
  readonly clock: Clock;
  /** How long a row is believed, and that there is none. */
  readonly maxAgeMs: number;
  /** May give more than it was asked for. */
  readonly readSome: (numbers: readonly number[]) => Promise<readonly Row[]>;
  readonly readAll: () => Promise<readonly Row[]>;
}

interface Known<Row> {
  /** Null: there is none. */
  readonly row: Row | null;
  readonly readAt: Instant;
}

/** An empty directory. Whoever asks for a number while it is being read waits for that reading. */
export const createDirectory = <Row extends { readonly id: number }>({
  clock,
  maxAgeMs,
  readSome,
  readAll,
}: DirectoryOptions<Row>): Directory<Row> => {
  const known = new Map<number, Known<Row>>();
  const reading = new Map<number, Promise<void>>();

  const keep = (number: number, next: Known<Row>): void => {
    // A slow reading may end after one that began later.
    if ((known.get(number)?.readAt ?? -Infinity) <= next.readAt) known.set(number, next);
  };

  const readInto = async (numbers: readonly number[]): Promise<void> => {
    const readAt = clock.now();
    const rows = await readSome(numbers);
    const found = new Set(rows.map(({ id }) => id));
    for (const row of rows) keep(row.id, { row, readAt });
    for (const number of numbers) if (!found.has(number)) keep(number, { row: null, readAt });
  };

  const isFresh = (number: number): boolean => clock.now() - (known.get(number)?.readAt ?? -Infinity) < maxAgeMs;

  return {
    async rowsOf(asked) {
      const numbers = [...new Set(asked)];
      const missing = numbers.filter((number) => !isFresh(number) && !reading.has(number));
      if (missing.length > 0) {
        const read = readInto(missing).finally(() => {
          for (const number of missing) reading.delete(number);
        });
        for (const number of missing) reading.set(number, read);
      }
      await Promise.all(numbers.flatMap((number) => reading.get(number) ?? []));
      const rows = numbers.flatMap((number): [number, Row][] => {
        const row = known.get(number)?.row ?? null;
        return row === null ? [] : [[number, row]];
      });
      return new Map(rows);
    },

    async all() {
      const readAt = clock.now();
      const rows = await readAll();
      const found = new Set(rows.map(({ id }) => id));
      for (const number of known.keys()) if (!found.has(number)) keep(number, { row: null, readAt });
      for (const row of rows) keep(row.id, { row, readAt });
      return rows;
    },
  };
};
