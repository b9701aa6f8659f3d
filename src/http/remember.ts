/** As many results are remembered, of texts up to so many letters: clients send a handful of headers, and may make up any number. */
const [RESULTS, LETTERS] = [256, 256];

/** `work`, done once for a text that comes often. What it gives depends on nothing else. */
export const remember = <Result>(work: (text: string) => Result): ((text: string) => Result) => {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const result = work(text);
    if (known.size < RESULTS && text.length <= LETTERS) known.set(text, result);
    return result;
  };
};
