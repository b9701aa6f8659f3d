/**
 * The floor: what a program costs that was written by hand for exactly three queries, over `node:http` and SQL. No schema, no
 * validation, no cache, no second reader's needs.
 *
 *   PORT=4000 DATABASE_URL=postgres://… node test/bench/compare/floor-server.ts [resident]
 *
 * `resident`: sections, authors and tags are read once and held in memory, written as JSON already.
 */
import { createServer, type ServerResponse } from 'node:http';
import { Pool } from 'pg';
import { articlePageSql, frontPageSql } from './floor-sql.ts';

interface Card {
  readonly id: string;
  readonly headline: string;
  readonly standfirst: string | null;
  readonly path: string;
  readonly published_at: Date;
  readonly section: string | Section;
  readonly authors: string | null;
  readonly tags: string | null;
}

interface Section {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

interface Page extends Card {
  readonly kind: string;
  readonly kicker: string | null;
  readonly updated_at: Date;
  readonly body: readonly { readonly html: string }[];
  /** Absent: nobody asked. */
  readonly related?: readonly {
    readonly id: string;
    readonly headline: string;
    readonly path: string;
    readonly at: string;
    readonly section: string | Omit<Section, 'path'>;
  }[];
}

interface Body {
  readonly query: string;
  readonly variables: { readonly edition: string; readonly before?: string; readonly slug?: string };
}

const isResident = process.argv[2] === 'resident';
const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
const quote = JSON.stringify;
const instant = (at: Date): string => `"${at.toISOString().slice(0, 19)}+00:00"`;
const urlOf = (edition: string, path: string): string => `"https://archive.example/${edition}/${path}"`;

/** What is resident, as JSON: sections on a page of their own and where a related article names them. */
const whole = new Map<string, string>();
const named = new Map<string, string>();
const writeSection = (edition: string, { id, name, path }: Section): string =>
  `{"id":"${id}","name":${quote(name)},"url":${urlOf(edition, path)}}`;

const load = async (table: 'sections' | 'authors' | 'tags'): Promise<void> => {
  const { rows } = await pool.query<Section & { readonly edition: string }>(
    `SELECT id, lower(edition) AS edition, name, ${table === 'sections' ? 'path' : 'slug'} AS path FROM ${table}`,
  );
  for (const row of rows) {
    named.set(row.id, `{"id":"${row.id}","name":${quote(row.name)}}`);
    if (table === 'sections') whole.set(row.id, writeSection(row.edition, row));
  }
};

const section = (edition: string, told: string | Section): string =>
  typeof told === 'string' ? (whole.get(told) ?? 'null') : writeSection(edition, told);
const list = (told: string | null): string => {
  if (told === null || told === '') return '[]';
  return isResident
    ? `[${told
        .split(' ')
        .map((id) => named.get(id))
        .join(',')}]`
    : told;
};

const writeCard = (edition: string, { id, headline, standfirst, path, published_at, ...row }: Card): string =>
  `"id":"${id}","headline":${quote(headline)},"standfirst":${quote(standfirst)},"url":${urlOf(edition, path)},"publishedAt":${instant(published_at)},"section":${section(edition, row.section)},"authors":${list(row.authors)},"tags":${list(row.tags)}`;

const frontPage = { name: 'front-page', text: frontPageSql(isResident) };
const writeFrontPage = async (edition: string, before: string): Promise<string> => {
  const { rows } = await pool.query<Card>({ ...frontPage, values: [`edn_${edition}`, before] });
  const nodes = rows.map((row) => `{${writeCard(edition, row)}}`).join(',');
  return `{"data":{"edition":{"id":"edn_${edition}","articles":{"nodes":[${nodes}]}}}}`;
};

const writeRelated = (
  edition: string,
  { id, headline, path, at, section: told }: NonNullable<Page['related']>[number],
): string =>
  `{"id":"${id}","headline":${quote(headline)},"url":${urlOf(edition, path)},"publishedAt":"${at.slice(0, 19)}+00:00","section":${typeof told === 'string' ? named.get(told) : quote(told)}}`;

const article = { name: 'article', text: articlePageSql(isResident, false) };
const articlePage = { name: 'article-page', text: articlePageSql(isResident, true) };
const writeArticlePage = async (asked: typeof article, code: string, slug: string): Promise<string> => {
  const edition = code.toLowerCase();
  const { rows } = await pool.query<Page>({ ...asked, values: [code, slug] });
  const [row] = rows;
  if (row === undefined) return `{"data":{"edition":{"id":"edn_${edition}","article":null}}}`;
  const html = quote(row.body.map((block) => block.html).join('\n'));
  const others = row.related?.map((other) => writeRelated(edition, other)).join(',');
  const related = others === undefined ? '' : `,"related":[${others}]`;
  return `{"data":{"edition":{"id":"edn_${edition}","article":{${writeCard(edition, row)},"kind":"${row.kind}","kicker":${quote(row.kicker)},"updatedAt":${instant(row.updated_at)},"bodyHtml":${html}${related}}}}}`;
};

const answer = ({ query, variables: { edition, before, slug = '' } }: Body): Promise<string> => {
  if (before !== undefined) return writeFrontPage(edition.toLowerCase(), before);
  return writeArticlePage(query.includes('related(') ? articlePage : article, edition, slug);
};

const send = async (text: string, response: ServerResponse): Promise<void> => {
  const body = Buffer.from(await answer(JSON.parse(text) as Body));
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
  response.end(body);
};

if (isResident) for (const table of ['sections', 'authors', 'tags'] as const) await load(table);
const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (text += chunk));
  request.on('end', () => void send(text, response));
});
server.keepAliveTimeout = 72_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
