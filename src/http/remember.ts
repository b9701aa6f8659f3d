/** As many results are remembered, up to twice that, of texts up to so many letters: clients send a handful of headers, and may make up any number. */
const [RESULTS, LETTERS] = [256, 256];

interface Known<Result> {
  readonly result: Result;
}

/**
 * `work`, done once for a text that comes often. What it gives depends on nothing else.
 *
 * However many come that nobody has sent before, a text that comes again within 256 others stays known, and a new one is learnt.
 */
export const remember = <Result>(work: (text: string) => Result): ((text: string) => Result) => {
  let lately = new Map<string, Known<Result>>();
  let before = new Map<string, Known<Result>>();
  const keep = (text: string, known: Known<Result>): void => {
    if (lately.size >= RESULTS) {
      before = lately;
      lately = new Map();
    }
    lately.set(text, known);
  };
  return (text) => {
    const found = lately.get(text);
    if (found !== undefined) return found.result;
    const known = before.get(text) ?? { result: work(text) };
    // A longer one is worked out every time: nobody but whoever wants to fill memory sends it.
    if (text.length <= LETTERS) keep(text, known);
    return known.result;
  };
};
