/** Gives every heading of one body a fragment identifier of its own. */
export interface Anchors {
  /** Letters, digits and hyphens of `text` in any script, NFC; `-2`, `-3` … where an earlier heading has the same. */
  next(text: string): string;
}

const MAX_ANCHOR_LETTERS = 80;

const slugOf = (text: string): string => {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words
    .join('-')
    .slice(0, MAX_ANCHOR_LETTERS)
    .toWellFormed()
    .replace(/[\uFFFD-]+$/u, '');
};

/** Anchors for one body. */
export const createAnchors = (): Anchors => {
  const taken = new Set<string>();
  return {
    next(text) {
      const slug = slugOf(text) || 'section';
      let anchor = slug;
      for (let count = 2; taken.has(anchor); count += 1) anchor = `${slug}-${count}`;
      taken.add(anchor);
      return anchor;
    },
  };
};
