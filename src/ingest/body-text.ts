import type { BodyBlock } from '../content/body.ts';

const wordsOf = (block: BodyBlock): string => {
  switch (block.type) {
    case 'Paragraph':
    case 'Heading':
    case 'Quote':
    case 'HtmlBlock':
      return block.text;
    case 'ListBlock':
      return block.items
        .map(({ text }) => text)
        .filter(Boolean)
        .join('\n');
    // They stand beside the story: a picture's caption, a frame, a way to another article.
    case 'Figure':
    case 'Embed':
    case 'ReadMore':
      return '';
  }
};

/** The words of a body as plain text, an empty line between blocks, items of lists in lines of their own. */
export const bodyTextOf = (blocks: readonly BodyBlock[]): string => blocks.map(wordsOf).filter(Boolean).join('\n\n');

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu;

/** How many words `text` has, in any script that puts blanks between them. */
export const countWords = (text: string): number => text.match(WORD)?.length ?? 0;
