const depthOf = ({ path }: { readonly path: string }): number => path.split('/').length;

/** Sections in an order in which each stands behind those above it; among equals as they came. */
export const parentsFirst = <Section extends { readonly path: string }>(
  sections: readonly Section[],
): readonly Section[] => sections.toSorted((a, b) => depthOf(a) - depthOf(b));
