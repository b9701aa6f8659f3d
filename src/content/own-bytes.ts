/**
 * `value`, a text as UTF-8, in a piece of memory of its own: for bytes that are kept. By itself Node cuts what is short out of
 * slabs of 64 KB, and a slab is in memory for as long as anything in it is, whatever else it was used for.
 */
export const ownBytes = (value: string | Buffer): Buffer => {
  if (typeof value === 'string') {
    const own = Buffer.allocUnsafeSlow(Buffer.byteLength(value));
    own.write(value);
    return own;
  }
  const own = Buffer.allocUnsafeSlow(value.length);
  value.copy(own);
  return own;
};
