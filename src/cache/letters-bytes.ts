/** How many bytes the letters of `text` take in memory: two each as soon as one of them needs it. */
export const lettersBytes = (text: string): number => (Buffer.byteLength(text) > text.length ? 2 : 1) * text.length;
