import { html, raw } from 'hono/html';
import type { DeskFragment } from '../operations.generated.ts';
import type { Fragment, Site } from './site.ts';

type Written = Pick<DeskFragment, 'language' | 'direction'>;

/** `dir`'s word for how a text runs. */
export const dirOf = (direction: DeskFragment['direction']): 'ltr' | 'rtl' => (direction === 'RTL' ? 'rtl' : 'ltr');

/** `lang` and `dir` for an element whose text is not in the edition's language; nothing for one that is. */
export const languageOf = ({ edition }: Site, { language, direction }: Written): Fragment =>
  language === edition.language && direction === edition.direction
    ? raw('')
    : html` lang="${language}" dir="${dirOf(direction)}"`;
