/** A file that cannot be taken at all; `message` says why, and where in it, to the person who imports it. */
export class FileError extends Error {
  override readonly name = 'FileError';
}
