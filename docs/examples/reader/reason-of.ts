/** What went wrong in a line: what failed, and the deepest cause that is known, e.g. `ECONNREFUSED`. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  let deepest: Error & { readonly code?: unknown } = error;
  for (;;) {
    // A name with several addresses fails once for each of them.
    const cause: unknown = deepest instanceof AggregateError ? deepest.errors[0] : deepest.cause;
    if (!(cause instanceof Error)) break;
    deepest = cause;
  }
  if (deepest === error) return error.message;
  const words = [typeof deepest.code === 'string' ? deepest.code : '', deepest.message].filter((word) => word !== '');
  return `${error.message} (${words.join(': ')})`;
};
