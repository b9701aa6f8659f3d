/** An address of a picture, and how large it is beside the others. */
export interface PictureCandidate {
  readonly address: string;
  /** Pixels of width or of density, whichever the list is in; 1 where it says neither. */
  readonly size: number;
}

const sizeOf = (descriptor: string): number => {
  const size = /^\d/.test(descriptor) ? Number.parseFloat(descriptor) : 1;
  return Number.isFinite(size) ? size : 1;
};

/**
 * The candidates of a `srcset`, in their order. An address may hold commas; one at its end is none of it:
 * https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
 */
export const parseSrcset = (srcset: string): readonly PictureCandidate[] => {
  const candidates: PictureCandidate[] = [];
  let address: string | undefined;
  let size = 1;
  const finish = (): void => {
    if (address !== undefined) candidates.push({ address, size });
    [address, size] = [undefined, 1];
  };
  for (const word of srcset.split(/\s+/)) {
    // What follows the comma of a descriptor is the next address: `a.jpg 1x,b.jpg 2x`.
    const comma = address === undefined ? -1 : word.indexOf(',');
    const descriptor = comma === -1 ? word : word.slice(0, comma);
    if (address !== undefined && descriptor !== '') size = sizeOf(descriptor);
    if (comma !== -1) finish();
    if (address !== undefined) continue;
    const rest = word.slice(comma + 1).replace(/^,+/, '');
    if (rest === '') continue;
    address = rest;
    if (!rest.endsWith(',')) continue;
    let end = rest.length;
    while (rest.charCodeAt(end - 1) === 0x2c) end -= 1;
    address = rest.slice(0, end);
    finish();
  }
  finish();
  return candidates;
};
