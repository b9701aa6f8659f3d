/**
 * How fast a large archive goes in, and whether memory stays flat meanwhile:
 *
 *     node test/bench/import.ts postgres://user:password@host:port/empty-database [articles]
 *
 * Writes made-up articles (in three editions, some 3,500 letters each) to a temporary file, imports it, imports it again.
 */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { paceCollector } from '../../src/cli/pace-collector.ts';
import { systemClock } from '../../src/clock.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { ImportProgress } from '../../src/ingest/import-documents.ts';
import { importFile } from '../../src/ingest/import-file.ts';
import { testEditions } from '../support/import-lines.ts';

const WORDS = {
  en: 'the talks of ministers in harbour city over water bread wages and schools have begun again after winter when rain closed roads between villages where people wait for trains that bring wheat paper glass medicine oranges letters news to markets before evening while officials count votes promises and ships'.split(
    ' ',
  ),
  ar: 'المحادثات بين الوزراء في مدينة الميناء حول الماء والخبز والأجور والمدارس بدأت من جديد بعد شتاء أغلقت فيه الأمطار الطرق بين القرى حيث ينتظر الناس قطارات تحمل القمح والورق والزجاج والدواء والبرتقال إلى الأسواق قبل المساء بينما يعد المسؤولون الأصوات والوعود والسفن'.split(
    ' ',
  ),
  es: 'las conversaciones de los ministros en la ciudad del puerto sobre agua pan salarios y escuelas han empezado otra vez tras el invierno cuando la lluvia cerró caminos entre pueblos donde la gente espera trenes que traen trigo papel vidrio medicinas naranjas cartas noticias a los mercados antes de la noche'.split(
    ' ',
  ),
} as const;
type Desk = keyof typeof WORDS;

/** The same archive every time: a small generator instead of `Math.random`. */
const createDice = (seed: number): ((sides: number) => number) => {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};
const roll = createDice(1);
const sentence = (desk: Desk, length: number): string =>
  Array.from({ length }, () => WORDS[desk][roll(WORDS[desk].length)]).join(' ');

const SECTIONS = [
  'news',
  'news/politics',
  'news/economy',
  'news/sports',
  'world',
  'world/europe',
  'world/asia',
  'culture',
];

const bodyOf = (desk: Desk): string => {
  const paragraphs = Array.from({ length: 10 }, (_, index) => {
    const link = index % 3 === 0 ? ` <a href="/news/story-${roll(1_000)}">${sentence(desk, 3)}</a>` : '';
    return `<p>${sentence(desk, 25)}${link} ${sentence(desk, 18)}.</p>`;
  });
  return [
    ...paragraphs.slice(0, 4),
    `<h2>${sentence(desk, 5)}</h2>`,
    ...paragraphs.slice(4, 7),
    `<blockquote><p>${sentence(desk, 14)}</p><cite>${sentence(desk, 2)}</cite></blockquote>`,
    `<figure><img src="https://pictures.example/${roll(10_000)}.jpg" alt="${sentence(desk, 6)}" width="1600" height="900"><figcaption>${sentence(desk, 9)} <cite>AP</cite></figcaption></figure>`,
    ...paragraphs.slice(7),
    `<ul><li>${sentence(desk, 6)}</li><li>${sentence(desk, 6)} <a href="https://a.example/">x</a></li></ul>`,
  ].join('\n');
};

const articleOf = (index: number): object => {
  const desk = (['en', 'ar', 'es'] as const)[index % 3] ?? 'en';
  return {
    sourceId: `${index}`,
    edition: desk,
    slug: `${sentence(desk, 5).replaceAll(' ', '-')}-${index}`,
    headline: sentence(desk, 9),
    standfirst: sentence(desk, 22),
    publishedAt: new Date(Date.UTC(2026, 0, 1) - index * 600_000).toISOString(),
    section: SECTIONS[roll(SECTIONS.length)],
    authors: [{ slug: `author-${roll(200)}`, name: 'A. Writer' }],
    tags: [...new Set(Array.from({ length: 4 }, () => `tag-${roll(2_000)}`))].map((slug) => ({ slug, name: slug })),
    lead: { url: `https://pictures.example/${index}.jpg`, width: 1600, height: 900, alt: sentence(desk, 6) },
    translationGroup: `story:${Math.floor(index / 3)}`,
    html: bodyOf(desk),
  };
};

const writeArchive = async (file: string, articles: number): Promise<void> => {
  const stream = createWriteStream(file);
  const write = async (document: object): Promise<void> => {
    if (!stream.write(`${JSON.stringify(document)}\n`)) await once(stream, 'drain');
  };
  for (const { code } of testEditions)
    for (const path of SECTIONS) await write({ type: 'section', edition: code, path, name: path });
  for (let index = 0; index < articles; index += 1) await write(articleOf(index));
  stream.end();
  await once(stream, 'finish');
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const measure = async (name: string, database: Database, file: string): Promise<void> => {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  let reported = 0;
  let peakBytes = 0;
  const onProgress = ({ imported, updated, unchanged, readLines }: ImportProgress): void => {
    const { rss } = process.memoryUsage();
    peakBytes = Math.max(peakBytes, rss);
    const done = imported + updated + unchanged;
    if (readLines < reported + 10_000) return;
    reported = readLines;
    console.log(
      `  ${done} documents, ${seconds().toFixed(1)} s, ${Math.round(done / seconds())}/s, resident ${megabytes(rss)}`,
    );
  };
  const dependencies = { database, editions: testEditions, clock: systemClock };
  const { imported, updated, unchanged, badCount } = await importFile(dependencies, file, {
    source: 'bench',
    onProgress,
  });
  const total = imported + updated + unchanged;
  console.log(
    `${name}: ${imported} new, ${updated} updated, ${unchanged} unchanged, ${badCount} bad in ${seconds().toFixed(1)} s: ` +
      `${Math.round(total / seconds())} documents/s, peak resident ${megabytes(peakBytes)}`,
  );
};

const [url, count = '100000'] = process.argv.slice(2);
if (url === undefined) {
  console.error('usage: node test/bench/import.ts postgres://… [articles]');
  process.exit(2);
}
// As `masthead import` does.
const stopPacing = paceCollector({ keptMegabytes: 0 });
const folder = mkdtempSync(join(tmpdir(), 'masthead-bench-'));
const database = createPostgresDatabase({ url });
try {
  await migrate(database, resolve(import.meta.dirname, '../../src/stores/postgres/migrations'));
  const [row] = await database.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  console.log(
    `Node ${process.versions.node}, PostgreSQL ${row?.version}, ${cpus().length} × ${cpus()[0]?.model}, ${megabytes(totalmem())}`,
  );
  const file = join(folder, 'archive.ndjson');
  await writeArchive(file, Number(count));
  console.log(`${count} articles, ${megabytes(statSync(file).size)} of NDJSON`);
  await measure('first import', database, file);
  await measure('again', database, file);
} finally {
  stopPacing();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
