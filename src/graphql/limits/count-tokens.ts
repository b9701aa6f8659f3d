import { Lexer, Source, TokenKind } from 'graphql';

/** Tokens of `text`, comments left out, up to the first one that is no GraphQL: the parser will say what is wrong there. */
export const countTokens = (text: string): number => {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) tokens += 1;
  } catch {
    return tokens;
  }
  return tokens;
};
