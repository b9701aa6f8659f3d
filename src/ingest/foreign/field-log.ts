/** Where a field of a file of others went. */
export interface MappedField {
  /** Its path, e.g. `headlines[].value` or `item/media:content@url`. */
  readonly field: string;
  /** What it became, e.g. `headline`. */
  readonly to: string;
  readonly count: number;
}

/** A field that has no place in an article. */
export interface DroppedField {
  readonly field: string;
  readonly count: number;
}

export interface FieldReport {
  /** In the order in which they were met. */
  readonly mapped: readonly MappedField[];
  readonly dropped: readonly DroppedField[];
  /** Values of fields that are not listed because there were too many different ones. */
  readonly unlisted: number;
}

/** Counts what became of every value of a file. */
export interface FieldLog {
  /** @param to undefined: it was dropped. */
  add(field: string, to: string | undefined): void;
  report(): FieldReport;
}

/** Different fields that are listed: a hostile file could have a million. */
const MAX_FIELDS = 1_000;
const MAX_FIELD_LETTERS = 200;

const cut = (field: string): string =>
  field.length <= MAX_FIELD_LETTERS ? field : `${field.slice(0, MAX_FIELD_LETTERS).toWellFormed()}…`;

/** A log of one reading of a file. */
export const createFieldLog = (): FieldLog => {
  const counts = new Map<string, { readonly field: string; readonly to: string | undefined; count: number }>();
  let unlisted = 0;
  return {
    add(field, to) {
      const shown = cut(field);
      const key = `${shown}\0${to ?? ''}`;
      const counted = counts.get(key);
      if (counted !== undefined) counted.count += 1;
      else if (counts.size < MAX_FIELDS) counts.set(key, { field: shown, to, count: 1 });
      else unlisted += 1;
    },
    report() {
      const all = [...counts.values()];
      return {
        mapped: all.flatMap(({ field, to, count }) => (to === undefined ? [] : [{ field, to, count }])),
        dropped: all.filter(({ to }) => to === undefined).map(({ field, count }) => ({ field, count })),
        unlisted,
      };
    },
  };
};
