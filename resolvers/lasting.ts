/**
 * Types whose sources stay the same objects for as long as nothing about them changes, and those of their fields with a resolver
 * that say the same of the same source whoever asks, when and for what, as long as the editions are the same; they record nothing.
 * A field without a resolver does by itself. What is not listed is worked out each time.
 */
export const LASTING = {
  Author: ['url'],
  Section: ['url'],
  Tag: ['url'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
