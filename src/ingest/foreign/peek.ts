/** A stream whose beginning has been looked at. */
export interface Peeked {
  /** At least as long as was asked for, unless the stream is shorter or it was enough before. */
  readonly head: Uint8Array;
  /** The whole stream, its beginning too. To be read once. */
  readonly chunks: AsyncIterable<Uint8Array | string>;
}

/**
 * The first `lengthBytes` of `chunks`, which are given again with the rest.
 *
 * @param isEnough asked after every piece: a stream that somebody writes by and by is not waited for longer.
 */
export const peek = async (
  chunks: AsyncIterable<Uint8Array | string>,
  lengthBytes: number,
  isEnough: (head: Uint8Array) => boolean = () => false,
): Promise<Peeked> => {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let takenBytes = 0;
  while (takenBytes < lengthBytes) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    taken.push(new Uint8Array(bytes));
    takenBytes += bytes.length;
    if (isEnough(Buffer.concat(taken))) break;
  }
  async function* whole(): AsyncGenerator<Uint8Array | string> {
    yield* taken;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: Buffer.concat(taken), chunks: whole() };
};
