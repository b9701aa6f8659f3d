import { render } from 'dom-serializer';
import { isTag, type ChildNode, type Element } from 'domhandler';
import { parseSrcset } from '../html/parse-srcset.ts';
import { readDom } from '../html/read-dom.ts';
import { pickMediaAddress } from '../html/safe-address.ts';

const ADDRESSES = ['href', 'src', 'poster', 'cite', 'data-src', 'data-lazy-src'];

/** `address` made absolute; undefined when nobody knows what it is relative to. */
export const resolveAddress = (address: string, base: string | undefined): string | undefined => {
  const trimmed = address.trim();
  return (URL.parse(trimmed) ?? (base === undefined ? null : URL.parse(trimmed, base)))?.href;
};

/** What is well formed and absolute stays as it was written: an Arabic address stays readable. */
const isAbsolute = (address: string): boolean => /^\s*[a-z][a-z\d+.-]*:/i.test(address);

/** Where a picture waits for a script, or for a browser that chooses. */
const CHOICES = ['srcset', 'data-srcset'];
const SOURCES = ['src', 'data-src', 'data-lazy-src', 'data-original'];

/** Gives a picture that has only a choice of addresses the largest of them: nothing after this reads a choice. */
const chooseSource = ({ attribs }: Element, base: string | undefined): void => {
  const choices = CHOICES.map((name) => attribs[name] ?? '').filter((srcset) => srcset.trim() !== '');
  if (choices.length === 0) return;
  for (const name of CHOICES) delete attribs[name];
  const pick = (address: string): string | null => {
    const resolved = isAbsolute(address) ? address : resolveAddress(address, base);
    return address.trim() === '' || resolved === undefined ? null : pickMediaAddress(resolved);
  };
  if (SOURCES.some((name) => pick(attribs[name] ?? '') !== null)) return;
  const [largest] = choices
    .flatMap(parseSrcset)
    .toSorted((a, b) => b.size - a.size)
    .flatMap(({ address }) => pick(address) ?? []);
  if (largest !== undefined) attribs['src'] = largest;
};

const resolveIn = (nodes: readonly ChildNode[], base: string | undefined): void => {
  for (const node of nodes) {
    if (!isTag(node)) continue;
    if (node.name === 'img') chooseSource(node, base);
    for (const name of ADDRESSES) {
      const address = node.attribs[name];
      if (address === undefined || isAbsolute(address)) continue;
      const resolved = resolveAddress(address, base);
      if (resolved === undefined) delete node.attribs[name];
      else node.attribs[name] = resolved;
    }
    resolveIn(node.children, base);
  }
};

/**
 * `html` with every address made absolute. An import would take `/about` for a page of the edition itself; where it is
 * not known what an address is relative to, its link goes and its words stay. A picture with nothing but a `srcset` gets its
 * largest one as its `src`.
 *
 * @throws {LineError} when it nests too deep to be read.
 */
export const resolveLinks = (html: string, base: string | undefined): string => {
  const nodes = readDom(html);
  resolveIn(nodes, base);
  return render([...nodes], { encodeEntities: 'utf8' });
};
