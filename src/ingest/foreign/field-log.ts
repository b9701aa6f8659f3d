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

/** What became of the values of a file, by their fields. */
export interface FieldReport {
  /** In the order in which they were met. */
  readonly mapped: readonly MappedField[];
  readonly dropped: readonly DroppedField[];
  /** Fields of items that were left out as a whole. */
  readonly leftOut: readonly DroppedField[];
  /** Values of fields that are not listed because there were too many different ones. */
  readonly unlisted: number;
}

/** Counts what became of every value of a file. */
export interface FieldLog {
  /** @param to undefined: it was dropped. */
  add(field: string, to: string | undefined): void;
  /** Of an item that was left out. */
  leaveOut(field: string): void;
  report(): FieldReport;
}

/** Different fields that are listed: a hostile file could have a million. */
const MAX_FIELDS = 1_000;
const MAX_FIELD_LETTERS = 200;

const cut = (field: string): string =>
  field.length <= MAX_FIELD_LETTERS ? field : `${field.slice(0, MAX_FIELD_LETTERS).toWellFormed()}…`;

interface Counted extends DroppedField {
  readonly fate: 'mapped' | 'dropped' | 'leftOut';
  readonly to: string;
  count: number;
}

/** A log of one reading of a file. */
export const createFieldLog = (): FieldLog => {
  const counts = new Map<string, Counted>();
  let unlisted = 0;
  const count = (field: string, fate: Counted['fate'], to = ''): void => {
    const shown = cut(field);
    const key = `${shown}\0${fate}\0${to}`;
    const counted = counts.get(key);
    if (counted !== undefined) counted.count += 1;
    else if (counts.size < MAX_FIELDS) counts.set(key, { field: shown, fate, to, count: 1 });
    else unlisted += 1;
  };
  return {
    add: (field, to) => (to === undefined ? count(field, 'dropped') : count(field, 'mapped', to)),
    leaveOut: (field) => count(field, 'leftOut'),
    report() {
      const all = [...counts.values()];
      const of = (wanted: Counted['fate']): readonly DroppedField[] =>
        all.filter(({ fate }) => fate === wanted).map(({ field, count: times }) => ({ field, count: times }));
      const mapped = all.filter(({ fate }) => fate === 'mapped');
      return {
        mapped: mapped.map(({ field, to, count: times }) => ({ field, to, count: times })),
        dropped: of('dropped'),
        leftOut: of('leftOut'),
        unlisted,
      };
    },
  };
};
