import { render } from 'dom-serializer';
import { isTag, type ChildNode } from 'domhandler';
import { readDom } from '../html/read-dom.ts';

const ADDRESSES = ['href', 'src', 'poster', 'cite', 'data-src', 'data-lazy-src'];

/** `address` made absolute; undefined when nobody knows what it is relative to. */
export const resolveAddress = (address: string, base: string | undefined): string | undefined => {
  const trimmed = address.trim();
  return (URL.parse(trimmed) ?? (base === undefined ? null : URL.parse(trimmed, base)))?.href;
};

/** What is well formed and absolute stays as it was written: an Arabic address stays readable. */
const isAbsolute = (address: string): boolean => /^\s*[a-z][a-z\d+.-]*:/i.test(address);

const resolveIn = (nodes: readonly ChildNode[], base: string | undefined): void => {
  for (const node of nodes) {
    if (!isTag(node)) continue;
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
 * not known what an address is relative to, its link goes and its words stay.
 *
 * @throws {LineError} when it nests too deep to be read.
 */
export const resolveLinks = (html: string, base: string | undefined): string => {
  const nodes = readDom(html);
  resolveIn(nodes, base);
  return render([...nodes], { encodeEntities: 'utf8' });
};
