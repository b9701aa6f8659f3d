import { spellingKey } from '../content/spelling.ts';
import type { Slug } from './taxonomy-store.ts';

/** One text for one slug of an edition in whatever spelling. */
export const slugKey = ({ edition, slug }: Slug): string => `${edition}:${spellingKey(slug)}`;
