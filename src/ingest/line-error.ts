/** A line of an import that cannot be taken; `message` says why to the person who imports it. */
export class LineError extends Error {
  override readonly name = 'LineError';
}
