import type { Address } from './article-store.ts';

/** One text for one address as it was written: two spellings of it are two. */
export const addressKey = ({ edition, form, value }: Address): string => `${edition}:${form}:${value}`;
