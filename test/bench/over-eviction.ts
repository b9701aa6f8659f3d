/**
 * How many kept answers a change ends that would have been made again as they were, by kind of edit:
 *
 *   npm run bench:over-eviction -- [edits] [seed] [stories per edition]
 *
 * A newsroom in three editions is edited as newsrooms are. Hundreds of answers are held by their tags and boundaries
 * alone, and read again after every edit: one that differs and was not ended is a fault, and the command fails. Runs on
 * an embedded database in memory, or on the empty one that `DATABASE_URL` names.
 */
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { linesOf, testEditions } from '../support/import-lines.ts';
import { createDice } from '../support/dice.ts';
import { EDIT_KINDS, makeEdit, noteEdit, storyKey, type Desk } from './over-eviction/edits.ts';
import { foundNewsroom, MINUTE_MS, OPENING, SOURCE } from './over-eviction/newsroom.ts';
import { createQuestions } from './over-eviction/questions.ts';
import { createWatch, type EditResult } from './over-eviction/watch-answers.ts';

const [EDITS, SEED, PER_EDITION] = [200, 1, 40].map((fallback, index) =>
  Number(process.argv[index + 2] ?? fallback),
) as [number, number, number];
const EDITS_PER_MINUTES = 10;
const MINUTES = 7;

const url = process.env['DATABASE_URL'];
const database = url === undefined ? await createEmbeddedDatabase({}) : createPostgresDatabase({ url });
await migrate(database, migrationsDirectory);
let now = OPENING;
const clock = { now: () => now };
const { lines, stories } = foundNewsroom(SEED, { en: PER_EDITION, ar: PER_EDITION, es: PER_EDITION });
await importDocuments({ database, editions: testEditions, clock }, linesOf(lines), { source: SOURCE });

const questions = createQuestions(stories, now);
const desk: Desk = {
  stories: new Map(stories.map((story) => [storyKey(story), story])),
  takenDown: new Set(),
  next: 0,
};
const watch = await createWatch({ database, clock, editions: testEditions, questions });
const dice = createDice(SEED);

const results: EditResult[] = [];
const missed: string[] = [];
const begun = performance.now();
for (let count = 1; count <= EDITS; count += 1) {
  const edit = makeEdit(dice, desk, now);
  const result = await watch.edit(edit);
  if (result !== undefined) {
    noteEdit(edit, desk);
    results.push(result);
    missed.push(...result.missed.map((name) => `${edit.kind}: ${name}`));
  }
  if (count % EDITS_PER_MINUTES !== 0) continue;
  now += MINUTES * MINUTE_MS;
  missed.push(...(await watch.pass()).map((name) => `the clock: ${name}`));
}
await database.close();

const sum = (of: readonly EditResult[], count: (result: EditResult) => number): number =>
  of.reduce((total, result) => total + count(result), 0);
const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));
const row = (name: string, of: readonly EditResult[]): string => {
  const [ended, needless] = [sum(of, (one) => one.ended), sum(of, (one) => one.needless.length)];
  const cells = [
    of.length,
    (sum(of, ({ tags }) => tags) / of.length).toFixed(1),
    (ended / of.length).toFixed(1),
    (sum(of, ({ differing }) => differing) / of.length).toFixed(1),
    share(needless, ended),
    share(
      ended,
      sum(of, ({ held }) => held),
    ),
  ];
  return name.padEnd(24) + cells.map((cell) => String(cell).padStart(10)).join('');
};
console.log(
  `${questions.length} answers held, ${results.length} of ${EDITS} edits taken, seed ${SEED}, ${database.kind}`,
);
console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s, Node ${process.version}`);
const head = ['edits', 'tags', 'ended', 'differing', 'needless', 'of held'];
console.log(`${'a change'.padEnd(24)}${head.map((cell) => cell.padStart(10)).join('')}`);
for (const kind of EDIT_KINDS) {
  const of = results.filter((result) => result.kind === kind);
  if (of.length > 0) console.log(row(kind, of));
}
console.log(row('all', results));

if (process.argv.includes('--needless')) {
  const names = Map.groupBy(
    results.flatMap(({ kind, needless }) => needless.map((name) => `${kind} ended ${name}`)),
    (name) => name,
  );
  for (const [name, all] of [...names].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 60))
    console.log(all.length, name);
}
console.log(`answers that should have ended: ${missed.length}`);
for (const name of missed.slice(0, 20)) console.log(`  ${name}`);
if (missed.length > 0) process.exitCode = 1;
