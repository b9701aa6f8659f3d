import type { Database } from '../../../src/database/database.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Edition } from '../../../src/content/edition.ts';
import { importDocuments } from '../../../src/ingest/import-documents.ts';

const WORDS =
  'the talks of ministers in harbour city over water bread wages and schools have begun again after winter when rain closed roads between villages where people wait for trains that bring wheat paper glass medicine oranges letters news to markets before evening while officials count votes promises and ships'.split(
    ' ',
  );
const SECTIONS = ['archive', 'archive/europe', 'archive/asia', 'archive/culture'];

/** The same archive every time: a small generator instead of `Math.random`. */
const createDice = (seed: number): ((sides: number) => number) => {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};
const roll = createDice(11);
const sentence = (length: number): string => Array.from({ length }, () => WORDS[roll(WORDS.length)]).join(' ');

const htmlOf = (): string => {
  const paragraphs = Array.from(
    { length: 10 },
    () => `<p>${sentence(42)} <a href="https://a.example/">${sentence(2)}</a>.</p>`,
  );
  return [...paragraphs.slice(0, 5), `<h2>${sentence(5)}</h2>`, ...paragraphs.slice(5)].join('\n');
};

/** The slug of made-up article `index`. */
export const madeUpSlug = (index: number): string => `archive-story-number-${index}`;

async function* linesOf(count: number): AsyncGenerator<string> {
  for (const path of SECTIONS) yield `${JSON.stringify({ type: 'section', edition: 'en', path, name: path })}\n`;
  for (let index = 0; index < count; index += 1)
    yield `${JSON.stringify({
      sourceId: String(index),
      edition: 'en',
      slug: madeUpSlug(index),
      headline: sentence(9),
      standfirst: sentence(22),
      publishedAt: new Date(Date.UTC(2025, 0, 1) - index * 600_000).toISOString(),
      section: SECTIONS[roll(SECTIONS.length)],
      authors: [{ slug: `writer-${roll(60)}`, name: 'A. Writer' }],
      tags: [...new Set(Array.from({ length: 4 }, () => `subject-${roll(400)}`))].map((slug) => ({ slug, name: slug })),
      lead: { url: `https://pictures.example/${index}.jpg`, width: 1600, height: 900, alt: sentence(6) },
      html: htmlOf(),
    })}\n`;
}

/** Imports `count` made-up English articles of some 3,000 letters each. */
export const importMadeUpArchive = async (
  into: { readonly database: Database; readonly editions: readonly Edition[]; readonly clock: Clock },
  count: number,
): Promise<void> => {
  const { bad } = await importDocuments(into, linesOf(count), { source: 'made-up', isStrict: true });
  if (bad[0] !== undefined) throw new TypeError(`The made-up archive does not import: ${bad[0].reason}`);
};
