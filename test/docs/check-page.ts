import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getVariableValues, Kind, parse } from 'graphql';
import { createCostMeasure } from '../../src/graphql/limits/measure-cost.ts';
import { readSchemaText } from '../contracts/schema-text.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { CIRCUMSTANCES, SHOWN_ADDRESS, type Circumstance } from './demo-gateway.ts';
import { findDifferences, findHeadDifferences, findLineDifferences } from './find-differences.ts';
import { readExamples, type Block, type CommandExample, type QueryExample } from './read-examples.ts';

/** What a page is checked against. */
export interface Served {
  /** The address of the demo newsroom, or of one in that state. */
  readonly urlOf: (circumstance: Circumstance | null) => Promise<string>;
}

/** Commands that need more than a running gateway, each run by a test of its own. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'test/cli/start.test.ts',
};

const EXAMPLES_FOLDER = join(PROJECT_ROOT, 'docs/examples');

/** The gateway's own addresses; links into the newsroom stay as they are: nobody follows them. */
const OWN_ADDRESS = new RegExp(
  `(?:http://)?${SHOWN_ADDRESS.replace('http://', '')}(?=/(?:graphql|healthz|readyz|feeds|sitemaps))`,
  'g',
);

const at = (block: Block, faults: readonly string[]): readonly string[] =>
  faults.map((fault) => `line ${block.line}: ${fault}`);

const parseJson = (block: Block): unknown => {
  try {
    return JSON.parse(block.text);
  } catch (error) {
    throw new Error(`line ${block.line}: is not JSON: ${String(error)}`, { cause: error });
  }
};

const hasErrors = (answer: unknown): boolean => typeof answer === 'object' && answer !== null && 'errors' in answer;

const post = async (url: string, query: string, variables: unknown): Promise<unknown> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
};

const schema = buildSchema(readSchemaText());
const measureCost = createCostMeasure(schema);

const costOf = (query: string, variables: unknown): number => {
  const { definitions } = parse(query);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('The block has no operation');
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const { coerced = {} } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables as Record<string, unknown>,
  );
  return measureCost(operation, new Map(fragments.map((node) => [node.name.value, node])), coerced);
};

/** `It costs 1,234 of 5,000` after a document is what its first question costs. */
const checkCost = ({ document, asks, prose }: QueryExample): readonly string[] => {
  const [, said] = /costs ([\d,]+) of 5,000/.exec(prose) ?? [];
  if (said === undefined) return [];
  const variables = asks[0]?.variables ?? null;
  const cost = costOf(document.text, variables === null ? {} : parseJson(variables)).toLocaleString('en');
  return said === cost ? [] : at(document, [`the page says that it costs ${said}, it costs ${cost}`]);
};

const isCircumstance = (text: string): text is Circumstance => (CIRCUMSTANCES as readonly string[]).includes(text);

const checkQuery = async (example: QueryExample, { urlOf }: Served): Promise<readonly string[]> => {
  const { document, asks, circumstance } = example;
  if (circumstance !== null && !isCircumstance(circumstance))
    return at(document, [`nobody knows how to bring about "${circumstance}"`]);
  const url = await urlOf(circumstance);
  const faults: string[] = [...checkCost(example)];
  for (const { variables, answer } of asks) {
    const real = await post(url, document.text, variables === null ? {} : parseJson(variables));
    const shown = answer === null ? { data: '…' } : parseJson(answer);
    faults.push(...at(answer ?? variables ?? document, findDifferences(shown, real)));
    if (hasErrors(real) && !hasErrors(shown))
      faults.push(...at(variables ?? document, [`has errors that the page does not show: ${JSON.stringify(real)}`]));
  }
  return faults;
};

interface Printed {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What bash prints for `lines`, as a reader would run them in the project's folder. */
const runShell = (lines: string): Promise<Printed> =>
  new Promise((resolve, reject) => {
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', lines], {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${join(PROJECT_ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
        NO_COLOR: '1',
      },
    });
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      shell[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text));
    shell.once('error', reject).once('close', (status) => resolve({ status, ...printed }));
  });

const compare = (answer: Block, stdout: string): readonly string[] => {
  if (answer.language === 'http') return findHeadDifferences(answer.text, stdout);
  if (answer.language === 'text') return findLineDifferences(answer.text, stdout);
  const real = JSON.parse(stdout) as unknown;
  const shown = parseJson(answer);
  const unsaid = hasErrors(real) && !hasErrors(shown) ? [`has errors that the page does not show: ${stdout}`] : [];
  return [...findDifferences(shown, real), ...unsaid];
};

const checkCommand = async ({ command, answer }: CommandExample, { urlOf }: Served): Promise<readonly string[]> => {
  const elsewhere = RUN_ELSEWHERE[command.text];
  if (elsewhere !== undefined)
    return existsSync(join(PROJECT_ROOT, elsewhere)) ? [] : at(command, [`is run by no ${elsewhere}`]);
  if (command.text.search(OWN_ADDRESS) < 0)
    return at(command, ['asks no gateway at localhost:4000: nobody can run it']);
  const { status, stdout, stderr } = await runShell(command.text.replaceAll(OWN_ADDRESS, await urlOf(null)));
  if (status !== 0) return at(command, [`ends with ${status}: ${stderr}`]);
  return answer === null ? [] : at(answer, compare(answer, stdout));
};

const withoutIndent = (text: string): string => text.replaceAll(/^[ \t]+/gm, '');

const exampleFiles = (): readonly string[] =>
  readdirSync(EXAMPLES_FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(ts|yml|graphql)$/.test(name),
  );

/** Lines that stand, in one piece, in a file that the page links to. */
const checkQuote = (block: Block, page: string): readonly string[] => {
  const linked = exampleFiles().filter((name) => page.includes(`(../examples/${name})`));
  const isQuoted = linked.some((name) =>
    withoutIndent(readFileSync(join(EXAMPLES_FOLDER, name), 'utf8')).includes(withoutIndent(block.text)),
  );
  return isQuoted ? [] : at(block, [`stands in none of the files the page links to: ${linked.join(', ')}`]);
};

/** Everything in `page` that is not so, in words and with its line; empty: a reader can rely on it. */
export const checkPage = async (page: string, served: Served): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const example of readExamples(page)) {
    if (example.kind === 'query') faults.push(...(await checkQuery(example, served)));
    else if (example.kind === 'command') faults.push(...(await checkCommand(example, served)));
    else faults.push(...checkQuote(example.block, page));
  }
  return faults;
};
