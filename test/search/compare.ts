import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import type { Row } from '../../src/database/database.ts';
import type { SearchLanguage } from '../../src/search/analyse.ts';
import { finds } from './finds.ts';
import { readBlindPairs, readPairs, type Pair } from './read-pairs.ts';

// `npm run bench:search`: how many pairs of words each way of reading finds, beside PostgreSQL's own configurations.

const LANGUAGES: readonly (readonly [SearchLanguage, string])[] = [
  ['ar', 'arabic'],
  ['es', 'spanish'],
  ['en', 'english'],
];

const share = (found: readonly boolean[]): string =>
  `${((100 * found.filter(Boolean).length) / found.length).toFixed(1)} % of ${found.length}`;

const unaccent = (text: string): string =>
  /\p{Script=Arabic}/u.test(text) ? text : text.normalize('NFD').replaceAll(/\p{M}/gu, '');
const unaccented = (pair: Pair): Pair => ({ ...pair, query: unaccent(pair.query), text: unaccent(pair.text) });

const directory = mkdtempSync(join(tmpdir(), 'masthead-search-'));
const database = await createEmbeddedDatabase({ directory });
try {
  const [version] = await database.query<Row & { readonly server_version: string }>('SHOW server_version');
  console.log(`PostgreSQL ${version?.server_version}, Node ${process.version}\n`);
  const judge = async (configuration: string, pairs: readonly Pair[]): Promise<readonly boolean[]> => {
    const rows = await database.query<Row & { readonly found: boolean }>(
      `SELECT to_tsvector($1::regconfig, p->>'text') @@ plainto_tsquery($1::regconfig, p->>'query') AS found
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS e (p, n) ORDER BY n`,
      [configuration, JSON.stringify(pairs)],
    );
    return rows.map(({ found }) => found);
  };
  const readersOf = (
    language: SearchLanguage,
    configuration: string,
  ): readonly (readonly [string, (some: readonly Pair[]) => Promise<readonly boolean[]>])[] => [
    ['Masthead', async (some) => some.map(({ query, text }) => finds(language, query, text))],
    [`\`${configuration}\``, (some) => judge(configuration, some)],
    // As its extension `unaccent` does, which leaves Arabic as it is.
    [`\`${configuration}\`, \`unaccent\``, (some) => judge(configuration, some.map(unaccented))],
    ['`simple`', (some) => judge('simple', some)],
  ];
  const compare = async (
    heads: readonly string[],
    listsOf: (language: SearchLanguage) => readonly (readonly Pair[])[],
  ) => {
    console.log(`| ${['language', 'read by', ...heads].join(' | ')} |`);
    console.log(`|${' --- |'.repeat(heads.length + 2)}`);
    for (const [language, configuration] of LANGUAGES)
      for (const [name, read] of readersOf(language, configuration)) {
        const shares = await Promise.all(listsOf(language).map(async (some) => share(await read(some))));
        console.log(`| ${[language, name, ...shares].join(' | ')} |`);
      }
  };
  await compare(['found', 'found, held out', 'false matches', 'false, held out'], (language) =>
    (['match', 'apart'] as const).flatMap((verdict) => {
      const all = readPairs(language).filter((pair) => pair.verdict === verdict);
      return [all, all.filter(({ part }) => part === 'held')];
    }),
  );
  console.log();
  await compare(
    ['found, by another hand', 'found, new words', 'false, by another hand', 'false, new words'],
    (language) => {
      const known = new Set(readPairs(language).flatMap(({ query, text }) => [`${query} ${text}`, `${text} ${query}`]));
      return (['match', 'apart'] as const).flatMap((verdict) => {
        const all = readBlindPairs(language).filter((pair) => pair.verdict === verdict);
        return [all, all.filter(({ query, text }) => !known.has(`${query} ${text}`))];
      });
    },
  );
} finally {
  await database.close();
  rmSync(directory, { recursive: true });
}
