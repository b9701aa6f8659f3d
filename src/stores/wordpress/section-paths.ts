import type { WordPressCategory } from './term-shapes.ts';

/** Deeper than any desk files its stories; parents that lead round in a circle are cut there. */
const MAX_DEPTH = 20;

/** The path of every category by its number: the slugs of those above it and its own. */
export const sectionPaths = (categories: readonly WordPressCategory[]): ReadonlyMap<number, string> => {
  const byNumber = new Map(categories.map((category) => [category.id, category]));
  const pathOf = ({ slug, parent }: WordPressCategory): string => {
    const steps = [slug];
    let above = byNumber.get(parent);
    while (above !== undefined && steps.length < MAX_DEPTH) {
      steps.unshift(above.slug);
      above = byNumber.get(above.parent);
    }
    return steps.join('/');
  };
  return new Map(categories.map((category) => [category.id, pathOf(category)]));
};

/**
 * The sections of a story: `primary` first if it is one of them, and no ancestor of another: desks tick "News" along with
 * "News/Politics". Empty: it is in none that is known.
 */
export const storySections = (
  numbers: readonly number[],
  primary: number,
  paths: ReadonlyMap<number, string>,
): readonly string[] => {
  const own = numbers.map((number) => paths.get(number)).filter((path) => path !== undefined);
  const chosen = numbers.includes(primary) ? paths.get(primary) : undefined;
  const others = own.filter((path) => path !== chosen && !own.some((other) => other.startsWith(`${path}/`)));
  return chosen === undefined ? others : [chosen, ...others];
};
