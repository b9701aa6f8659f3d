import type { BodyBlock } from '../../../src/content/body.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import { writeSearchVector } from '../../../src/stores/postgres/search-vector.ts';
import { writeTexts } from './archive-texts.ts';

/** A text that many articles hold, with the search vector of its words. */
export interface Piece {
  readonly edition: EditionCode;
  readonly role: 'headline' | 'standfirst' | 'kicker' | 'body' | 'tag';
  readonly number: number;
  readonly text: string;
  /** Its words at the places they have where it begins a text of its own behind another one: with the gap between. */
  readonly opening: string;
  /** Its words where it goes on with a text, or where nothing stands before it. */
  readonly following: string;
  /** Of a body. */
  readonly blocks: readonly BodyBlock[] | null;
  readonly words: number | null;
}

type Told = Pick<Piece, 'role' | 'number' | 'text'> & Partial<Pick<Piece, 'blocks' | 'words'>>;

/**
 * Everything that articles of `edition` are put together from. PostgreSQL joins vectors (`||`) by moving the places of the second
 * behind those of the first: what it puts together is what `writeSearchVector` writes of the whole, so each text is analysed once.
 */
export const writePieces = (
  edition: EditionCode,
  { paragraphs, tags }: { readonly paragraphs: number; readonly tags: number },
): readonly Piece[] => {
  const { headlines, standfirsts, kickers, bodies } = writeTexts(edition, paragraphs);
  const none = { edition, headline: '', standfirst: null, kicker: null, tagNames: null, bodyText: null };
  const analysed = (told: Told): Piece => ({
    edition,
    blocks: null,
    words: null,
    ...told,
    opening: writeSearchVector({ ...none, standfirst: told.text }),
    following: writeSearchVector({ ...none, headline: told.text }),
  });
  const listed = (role: Piece['role'], texts: readonly string[]): readonly Piece[] =>
    texts.map((text, number) => analysed({ role, number, text }));
  return [
    ...listed('headline', headlines),
    ...listed('standfirst', standfirsts),
    ...listed('kicker', kickers),
    ...listed(
      'tag',
      Array.from({ length: tags }, (_, number) => `${kickers[number % kickers.length]} ${number}`),
    ),
    ...bodies.map(({ text, blocks, words }, number) => analysed({ role: 'body', number, text, blocks, words })),
  ];
};
