const TOKEN =
  /<(?<close>\/)?(?<name>[A-Za-z][\w.:-]*)(?<attributes>(?:\s+[A-Za-z_][\w.:-]*="(?:[^<&"]|&(?:amp|lt|gt|quot|apos|#\d+);)*")*)\s*(?<empty>\/)?>|(?<text>(?:[^<&]|&(?:amp|lt|gt|quot|apos|#\d+);)+)/y;

const hasRepeatedAttribute = (attributes: string): boolean => {
  const names = [...attributes.matchAll(/([\w.:-]+)="/g)].map(([, name]) => name);
  return new Set(names).size !== names.length;
};

/**
 * What keeps `text` from being a well-formed document of elements, attributes and text; null: nothing.
 * Comments, declarations and CDATA count as faults: the pictures need none.
 */
export const findXmlFault = (text: string): string | null => {
  const open: string[] = [];
  let roots = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) return `not well formed at ${at}: ${text.slice(at, at + 40)}`;
    const { close, name = '', attributes = '', empty, text: words = '' } = groups;
    if (name === '') {
      if (open.length === 0 && words.trim() !== '') return `text outside the root at ${at}`;
    } else if (close !== undefined) {
      if (open.pop() !== name) return `</${name}> at ${at} closes something else`;
    } else {
      if (hasRepeatedAttribute(attributes)) return `an attribute stands twice at ${at}`;
      if (open.length === 0) roots += 1;
      if (empty === undefined) open.push(name);
    }
  }
  if (open.length > 0) return `<${open.at(-1)}> is never closed`;
  return roots === 1 ? null : `${roots} roots`;
};
