const HEAD_END = Buffer.from('\r\n\r\n');

/** Where the body begins behind the head in `piece` whose end is looked for from `from` on; negative: it does not end. */
export const findHeadEnd = (piece: Buffer, from = 0): number => {
  const end = piece.indexOf(HEAD_END, from);
  return end < 0 ? -1 : end + HEAD_END.length;
};
