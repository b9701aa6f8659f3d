/** Stands for what was left out: at the end of a text or a list, or in place of a value. */
const LEFT_OUT = '…';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const write = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}${LEFT_OUT}` : text;
};

const isText = (shown: string, real: string): boolean =>
  shown === real || (shown.endsWith(LEFT_OUT) && real.startsWith(shown.slice(0, -LEFT_OUT.length)));

const inLists = (shown: readonly unknown[], real: readonly unknown[], path: string): readonly string[] => {
  const isCut = shown.at(-1) === LEFT_OUT;
  const entries = isCut ? shown.slice(0, -1) : shown;
  // A list that ends in dots and leaves nothing out promises something that is not there.
  if (isCut ? real.length <= entries.length : real.length !== entries.length)
    return [`${path}: the page shows ${entries.length}${isCut ? ' and more' : ''}, there are ${real.length}`];
  return entries.flatMap((entry, index) => findDifferences(entry, real[index], `${path}[${index}]`));
};

/**
 * Where `shown`, a shortened answer of a page, is not what `real` is, in words; empty: it is true. Fields may be left
 * out; a text or a list that ends in `…` may go on; `"…"` stands for any value.
 */
export const findDifferences = (shown: unknown, real: unknown, path = 'answer'): readonly string[] => {
  if (real === undefined) return [`${path}: is not in the answer`];
  if (shown === LEFT_OUT) return [];
  if (Array.isArray(shown) && Array.isArray(real)) return inLists(shown, real, path);
  if (isRecord(shown) && isRecord(real))
    return Object.entries(shown).flatMap(([key, value]) => findDifferences(value, real[key], `${path}.${key}`));
  const isSame = typeof shown === 'string' && typeof real === 'string' ? isText(shown, real) : Object.is(shown, real);
  return isSame ? [] : [`${path}: the page shows ${write(shown)}, it is ${write(real)}`];
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Whether `real` is the line `shown`, in which `…` stands for any words. */
const isLine = (shown: string, real: string): boolean =>
  new RegExp(`^${shown.trimEnd().split(LEFT_OUT).map(escape).join('.*')}$`, 'u').test(real.trimEnd());

/** The same of printed lines; a line that is `…` alone stands for any number of lines. */
export const findLineDifferences = (shown: string, real: string): readonly string[] => {
  const there = real.trimEnd().split('\n');
  let at = 0;
  let maySkip = false;
  for (const line of shown.trimEnd().split('\n')) {
    if (line.trim() === LEFT_OUT) {
      maySkip = true;
      continue;
    }
    const found = there.findIndex((candidate, index) => index >= at && isLine(line, candidate));
    if (found < 0 || (!maySkip && found !== at))
      return [`the page shows the line ${write(line)}, it is ${write(there[at])}`];
    at = found + 1;
    maySkip = false;
  }
  return maySkip || at === there.length ? [] : [`the page shows nothing of ${write(there[at])}`];
};

/** The same of an HTTP answer as `curl -i` prints it: the status line, and those headers that are shown. */
export const findHeadDifferences = (shown: string, real: string): readonly string[] => {
  const [status = '', ...headers] = shown.trim().split('\n');
  const [realStatus = '', ...realHeaders] = (real.split(/\r?\n\r?\n/)[0] ?? '').split(/\r?\n/);
  const nameOf = (header: string): string => header.split(':')[0]?.toLowerCase() ?? '';
  const wrong = headers.filter(
    (header) =>
      !realHeaders.some(
        (candidate) =>
          nameOf(candidate) === nameOf(header) &&
          isLine(header.slice(nameOf(header).length), candidate.slice(nameOf(candidate).length)),
      ),
  );
  return [
    ...(isLine(status, realStatus) ? [] : [`the page shows ${write(status)}, it is ${write(realStatus)}`]),
    ...wrong.map((header) => `the page shows ${write(header)}, there is ${write(realHeaders)}`),
  ];
};
