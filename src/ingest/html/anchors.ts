import { cutGraphemes } from '../../content/graphemes.ts';

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
  return cutGraphemes(words.join('-'), MAX_ANCHOR_LETTERS).replace(/-+$/u, '');
};

/** Anchors for one body. */
export const createAnchors = (): Anchors => {
  const taken = new Set<string>();
  // The last number given to a slug: a body of a thousand equal headings is not counted through a thousand times.
  const counts = new Map<string, number>();
  return {
    next(text) {
      const slug = slugOf(text) || 'section';
      let count = counts.get(slug) ?? 1;
      let anchor = slug;
      while (taken.has(anchor)) {
        count += 1;
        anchor = `${slug}-${count}`;
      }
      counts.set(slug, count);
      taken.add(anchor);
      return anchor;
    },
  };
};
