/** `value` as a document writes it: nothing where an entity says null, and types of media in lower case. */
export const toDocument = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toDocument);
  if (typeof value !== 'object' || value === null) return value;
  const named = Object.entries(value).flatMap(([name, inner]) =>
    inner === null || inner === undefined
      ? []
      : [[name, name === 'type' && typeof inner === 'string' ? inner.toLowerCase() : toDocument(inner)]],
  );
  return Object.fromEntries(named) as unknown;
};
