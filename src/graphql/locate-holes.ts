import { writeCount, type CountMark, type Hole } from '../content/holes.ts';

/** What is looked for at one place of a result and below it. */
interface Place {
  readonly below: Map<string | number, Place>;
  mark: CountMark | undefined;
}

const letter = (text: string): number => text.charCodeAt(0);
const [QUOTE, BACKSLASH, COMMA] = [letter('"'), letter('\\'), letter(',')];
const [OPEN_LIST, CLOSE_LIST] = [letter('['), letter(']')];
const [OPEN_OBJECT, CLOSE_OBJECT] = [letter('{'), letter('}')];
/** Blanks, in JSON, are the lowest of letters, and a colon is passed over like one. */
const [BLANK, COLON] = [letter(' '), letter(':')];

const createPlace = (): Place => ({ below: new Map(), mark: undefined });

/** Every mark at its place under `data`. */
const placeMarks = (marks: readonly CountMark[]): Place => {
  const root = createPlace();
  for (const mark of marks) {
    let place = root;
    for (const step of ['data', ...mark.path]) {
      let next = place.below.get(step);
      if (next === undefined) place.below.set(step, (next = createPlace()));
      place = next;
    }
    place.mark = mark;
  }
  return root;
};

/**
 * Where `marks` stand in `body`, a result as JSON: found by walking it along their paths, so that no text in it can be taken
 * for one. A mark whose value does not stand there, such as one under a null, has no hole.
 */
export const locateHoles = (body: Buffer, marks: readonly CountMark[]): readonly Hole[] => {
  const holes: Hole[] = [];
  let at = 0;
  let wanted = marks.length;

  const skipBlank = (): void => {
    while (at < body.length && ((body[at] ?? 0) <= BLANK || body[at] === COLON)) at += 1;
  };
  const skipString = (): void => {
    at += 1;
    while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
    at += 1;
  };
  const isEnd = (next: number | undefined): boolean =>
    next === undefined || next <= BLANK || next === COMMA || next === CLOSE_LIST || next === CLOSE_OBJECT;
  const skipValue = (): void => {
    const first = body[at];
    if (first === QUOTE) return skipString();
    if (first !== OPEN_LIST && first !== OPEN_OBJECT) {
      while (!isEnd(body[at])) at += 1;
      return;
    }
    let depth = 0;
    do {
      const next = body[at];
      if (next === QUOTE) {
        skipString();
        continue;
      }
      if (next === OPEN_LIST || next === OPEN_OBJECT) depth += 1;
      else if (next === CLOSE_LIST || next === CLOSE_OBJECT) depth -= 1;
      at += 1;
    } while (depth > 0 && at < body.length);
  };

  const takeHole = (mark: CountMark): void => {
    const start = at;
    wanted -= 1;
    skipValue();
    const { path: _path, ...form } = mark;
    const length = at - start;
    if (body.toString('utf8', start, at) === writeCount(form, form.value)) holes.push({ ...form, at: start, length });
  };
  const walk = (place: Place | undefined): void => {
    if (place?.mark !== undefined) return takeHole(place.mark);
    const first = body[at];
    if (place === undefined || (first !== OPEN_LIST && first !== OPEN_OBJECT)) return skipValue();
    const [isObject, close] = first === OPEN_OBJECT ? [true, CLOSE_OBJECT] : [false, CLOSE_LIST];
    at += 1;
    for (let index = 0; ; index += 1) {
      skipBlank();
      if (at >= body.length) return;
      if (body[at] === close) break;
      if (body[at] === COMMA) {
        at += 1;
        skipBlank();
      }
      let step: string | number = index;
      if (isObject) {
        const start = at + 1;
        skipString();
        // Names in GraphQL are plain letters.
        step = body.toString('latin1', start, at - 1);
        skipBlank();
      }
      walk(place.below.get(step));
      // What comes after the last of them is most of a page.
      if (wanted === 0) return;
    }
    at += 1;
  };

  if (marks.length > 0) {
    skipBlank();
    walk(placeMarks(marks));
  }
  return holes;
};
