/** Shapes of statements differ in a few ways each; what is put together otherwise hardly comes twice. */
const LIMIT = 128;

/**
 * Statements put together once for each `key`. Not for the putting together alone: what is looked up by its text, here and in the
 * driver, is found at once when it is the same string, and is read to its end when it is another of the same letters.
 */
export const createTexts = (): ((key: string, make: () => string) => string) => {
  const texts = new Map<string, string>();
  return (key, make) => {
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = make();
    if (texts.size < LIMIT) texts.set(key, text);
    return text;
  };
};
