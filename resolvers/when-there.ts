/** `use` of `value`, at once when that is there already: waiting costs more than most uses. */
export const whenThere = <Value, Result>(
  value: Value | Promise<Value>,
  use: (value: Value) => Result,
): Result | Promise<Result> => (value instanceof Promise ? value.then(use) : use(value));
