import type { ChildNode, Element } from 'domhandler';
import { getElementsByTagName } from 'domutils';
import type { ReadMore } from '../../content/body.ts';
import { pickMediaAddress } from './safe-address.ts';
import { textOf } from './text-of.ts';
import { writeLink } from './write-html.ts';

/** Arabic letters with whatever vowel signs a desk puts on them. */
const vowelled = (letters: string): string => letters.replace(/[\u0621-\u064A]|\[[^\]]+\]/g, '$&[\\u064B-\\u0652]*');

/** How desks begin such a line. */
const LEADS = [
  'read (?:more|also)',
  '(?:also read|see also|more on this)',
  `${vowelled('[اإأ]قر[أا]')}\\s*/?\\s*(?:${vowelled('[أا]يضا?')}|${vowelled('المزيد')})`,
  vowelled('للمزيد'),
  '(?:le[ae]|leer|ver) (?:tambi[ée]n|m[áa]s)',
].join('|');
/** Before a link its own words are enough; inside one "Read more about bees" is a label. */
const LEAD_BEFORE = new RegExp(`^(?:${LEADS})\\s*[:：|–—-]*$`, 'iu');
const LEAD_INSIDE = new RegExp(`^(?:${LEADS})\\s*(?:[:：|–—-]+\\s*|$)`, 'iu');
const READ_MORE_CLASS = /(?:^|[\s_-])read-?(?:more|also)(?:$|[\s_-])/;

/** A longer line is a paragraph, whatever it begins with. */
const MAX_LINE_LETTERS = 1_000;

/** Whether the desk's own class says that `element` is a line that leads on. */
export const isMarkedReadMore = ({ attribs }: Element): boolean => READ_MORE_CLASS.test(attribs['class'] ?? '');

/**
 * The "Read more: …" line that `nodes` make: one link and, before or inside it, such a beginning, or `isMarked`.
 * Null: an ordinary paragraph, or one whose link has no words of its own.
 */
export const parseReadMore = (nodes: readonly ChildNode[], isMarked: boolean): ReadMore | null => {
  const [link, ...others] = getElementsByTagName('a', [...nodes]).filter(
    ({ attribs }) => attribs['href'] !== undefined,
  );
  if (link === undefined || others.length > 0) return null;
  const line = textOf(nodes);
  if (line.length > MAX_LINE_LETTERS) return null;
  const linked = textOf(link.children);
  // What is left are words beside the link: more than a beginning makes it a sentence.
  const beside = line
    .replace(linked, '')
    .replace(/[\s.»«"]+$/u, '')
    .trim();
  const hasLeadBefore = LEAD_BEFORE.test(beside);
  if (beside !== '' && !hasLeadBefore) return null;
  if (!hasLeadBefore && !isMarked && !LEAD_INSIDE.test(linked)) return null;
  const label = linked.replace(LEAD_INSIDE, '');
  const url = pickMediaAddress(link.attribs['href'] ?? '');
  return label === '' || url === null ? null : { type: 'ReadMore', label, url, html: writeLink(url, label) };
};
