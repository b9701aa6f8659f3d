/** What is held by a name for as long as something is under way, such as a request. */
export interface Passing<Value> {
  get(key: string | number): Value | undefined;
  set(key: string | number, value: Value): void;
  /** Also what is not there. */
  delete(key: string | number): void;
  values(): readonly Value[];
  size(): number;
}

/**
 * Nothing yet. No Map, and no Set: whenever V8 makes one's table anew, the former table goes on pointing at it. Once one of them
 * has grown old, all that stood in any later one survives every collection of young objects and is copied by two of them, until the
 * whole heap is marked: of answers under way, everything they were made of. A plain object's former tables point nowhere.
 */
export const createPassing = <Value>(): Passing<Value> => {
  const held = Object.create(null) as Record<string, Value | undefined>;
  let size = 0;
  return {
    get: (key) => held[key],
    set(key, value) {
      if (!(key in held)) size += 1;
      held[key] = value;
    },
    delete(key) {
      if (key in held) size -= 1;
      delete held[key];
    },
    values: () => Object.values(held) as Value[],
    size: () => size,
  };
};
