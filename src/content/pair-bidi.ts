const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;
const [POP_EMBEDDING, POP_ISOLATE] = ['\u202C', '\u2069'];
const isIsolate = (control: string): boolean => control >= '\u2066';

/**
 * A part of a text without the controls of direction that have lost their other half by the cut: an isolate that never
 * ends would turn what the page writes behind it. Nothing is added. Pairs as in Unicode's annex 9: BD9, X6a and X7.
 */
export const pairBidi = (part: string): string => {
  if (part.search(BIDI) < 0) return part;
  const open: { readonly at: number; readonly control: string }[] = [];
  const lost = new Set<number>();
  for (const { 0: control, index: at } of part.matchAll(BIDI)) {
    if (control === POP_ISOLATE) {
      const opener = open.findLastIndex((one) => isIsolate(one.control));
      // It ends embeddings in the isolate too.
      if (opener < 0) lost.add(at);
      else open.length = opener;
    } else if (control === POP_EMBEDDING) {
      const last = open.at(-1);
      if (last === undefined || isIsolate(last.control)) lost.add(at);
      else open.pop();
    } else open.push({ at, control });
  }
  for (const { at } of open) lost.add(at);
  return part.replaceAll(BIDI, (control, at: number) => (lost.has(at) ? '' : control));
};
