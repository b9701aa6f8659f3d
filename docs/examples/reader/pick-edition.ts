/** Something written in a language, e.g. an edition. */
interface Written {
  readonly language: string;
}

/** Languages a browser would rather read, best first. */
const wantedLanguages = (header: string): readonly string[] =>
  header
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);

const primary = (tag: string): string => tag.split('-')[0] ?? tag;

/** The edition that suits an `Accept-Language` header best; the first where none does. */
export const pickEdition = <Edition extends Written>(
  editions: readonly Edition[],
  header: string,
): Edition | undefined => {
  for (const wanted of wantedLanguages(header)) {
    const exact = editions.find(({ language }) => language.toLowerCase() === wanted);
    const near = editions.find(({ language }) => primary(language.toLowerCase()) === primary(wanted));
    const found = exact ?? near;
    if (found !== undefined) return found;
  }
  return editions[0];
};
