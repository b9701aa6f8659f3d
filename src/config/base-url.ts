import { z } from 'zod';

const isBare = (text: string): boolean => {
  const url = URL.parse(text);
  return url === null || (url.search === '' && url.hash === '' && url.username === '' && url.password === '');
};

/** Absolute http(s) address that others are made from: nothing after its path, nor the slash at its end. */
export const baseUrl = z
  .url({ protocol: /^https?$/ })
  .refine(isBare, 'must end with its path: no query, fragment or user')
  .transform((url) => url.replace(/\/+$/, ''));
