import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file that pages name by what is in it, so that a browser may keep it. */
export interface Asset {
  readonly body: string;
  readonly type: string;
  /** Its path on this site, with a digest of its bytes. */
  readonly href: string;
}

/** In the order of the cascade. */
const STYLES = ['base', 'frame', 'cards', 'article', 'front', 'lists'];

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const asset = (path: string, body: string, type: string): Asset => {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { body, type, href: `${path}?v=${digest}` };
};

/** The style sheet of every page, in one piece. */
export const loadStyles = (): Asset =>
  asset('/styles.css', STYLES.map((name) => read(`styles/${name}.css`)).join('\n'), 'text/css; charset=utf-8');

/** The mark in a browser's tab. */
export const loadIcon = (): Asset => asset('/favicon.svg', read('favicon.svg'), 'image/svg+xml');
