import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A page without its blocks of code, in which nothing is a link or a heading. */
const proseOf = (page: string): string => page.replaceAll(/^[ \t]*```[\s\S]*?^[ \t]*```[ \t]*$/gm, '');

/** What a link to each heading of `page` ends with, as forges make it: words in small letters, joined by hyphens. */
export const anchorsOf = (page: string): ReadonlySet<string> => {
  const anchors = new Set<string>();
  for (const [, heading = ''] of proseOf(page).matchAll(/^#{1,6}[ \t]+(.+?)[ \t]*$/gm)) {
    const shown = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const anchor = shown
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    let free = anchor;
    for (let turn = 1; anchors.has(free); turn += 1) free = `${anchor}-${turn}`;
    anchors.add(free);
  }
  return anchors;
};

/** Whether `path` is there, in exactly these letters: not every file system minds. */
const isThere = (path: string): boolean =>
  existsSync(path) && readdirSync(dirname(path)).includes(path.split('/').at(-1) ?? '');

/** The links of the page at `file` that lead to no file of ours, or to no heading of one; those to other hosts are not followed. */
export const findBrokenLinks = (file: string): readonly string[] => {
  const links = [...proseOf(readFileSync(file, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [target = '', anchor] = link.split('#');
    const path = target === '' ? file : resolve(join(dirname(file), target));
    if (!isThere(path)) return true;
    if (anchor === undefined) return false;
    return statSync(path).isDirectory() || !anchorsOf(readFileSync(path, 'utf8')).has(decodeURIComponent(anchor));
  });
};
