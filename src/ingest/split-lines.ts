/** A line of a file as it came, without its end; `bytes` is null when it was longer than allowed. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  readonly bytes: Uint8Array | null;
  /** Its length with its end, however long it was. */
  readonly lengthBytes: number;
}

const NEW_LINE = 0x0a;

/**
 * The lines of `chunks`, however those are cut. Never holds more than `maxLineBytes` and a chunk: the rest of a longer
 * line is read past.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array | string>,
  maxLineBytes: number,
): AsyncGenerator<FileLine> {
  let number = 1;
  let held: Uint8Array[] = [];
  let lengthBytes = 0;

  const hold = (part: Uint8Array): void => {
    if (part.length === 0) return;
    lengthBytes += part.length;
    if (lengthBytes <= maxLineBytes) held.push(part);
    else held = [];
  };
  const take = (): FileLine => {
    const [first, ...others] = held;
    const whole = first !== undefined && others.length === 0 ? first : Buffer.concat(held);
    const line = { number, bytes: lengthBytes > maxLineBytes ? null : whole, lengthBytes: lengthBytes + 1 };
    number += 1;
    held = [];
    lengthBytes = 0;
    return line;
  };

  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(NEW_LINE); end !== -1; end = bytes.indexOf(NEW_LINE, start)) {
      hold(bytes.subarray(start, end));
      yield take();
      start = end + 1;
    }
    // A copy: some readers fill the same buffer again.
    if (start < bytes.length) hold(new Uint8Array(bytes.subarray(start)));
  }
  if (lengthBytes > 0) yield take();
}
