import type { CardFragment } from '../operations.generated.ts';

type Titled = Pick<CardFragment, 'kicker' | 'headline'> & { readonly section: { readonly name: string } | null };

/** The words above a headline; null: none, or they say only what the section's name or the headline's beginning says. */
export const kickerOf = ({ kicker, headline, section }: Titled): string | null => {
  if (kicker === null) return null;
  const [words, begins] = [kicker.toLowerCase(), headline.toLowerCase()];
  const isRepeated = begins.startsWith(words) && !/^[\p{L}\p{N}\p{M}]/u.test(begins.slice(words.length));
  return isRepeated || section?.name.toLowerCase() === words ? null : kicker;
};
