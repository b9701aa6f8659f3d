import { readFileSync } from 'node:fs';
import { systemClock } from '../../../src/clock.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { demoConfigFile } from '../../../src/demo/demo-files.ts';
import { loadDemo } from '../../../src/demo/load-demo.ts';
import { migrationsDirectory } from '../../../src/stores/postgres/migrations-directory.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { startMasthead, type StartedMasthead } from '../start-masthead.ts';

/** What readers saw of one fault of one of two stores. */
export interface FaultRow {
  readonly fault: string;
  /** Answers while it lasted, whatever was in them. */
  readonly answers: number;
  /** Those that were not 200. */
  readonly refused: number;
  /** Those in which the editions of the other store were whole. */
  readonly othersWhole: number;
  /** Those in which the edition of this store was whole. */
  readonly ownWhole: number;
  /** What was said of its fields otherwise, each once: `STORE_FAILED beirut`. */
  readonly said: readonly string[];
  readonly medianMs: number;
  readonly slowestMs: number;
  /** Calls that were made to it meanwhile. */
  readonly calls: number;
  /** Lines of the log that say that it is sick, and that it is well. */
  readonly logged: readonly [sick: number, well: number];
  /** What /readyz said of it at the end of the fault. */
  readonly readiness: string;
  /** From the end of the fault to the first answer that is whole again. */
  readonly wholeAfterMs: number;
}

export interface MeasureOptions {
  /** Two empty databases. */
  readonly londonUrl: string;
  readonly beirutUrl: string;
  /** How long each fault lasts. */
  readonly faultMs: number;
  /** Readers, each asking one page after the other. */
  readonly readers: number;
}

interface Fault {
  readonly name: string;
  readonly begin: (wire: TcpProxy) => unknown;
}

const FAULTS: readonly Fault[] = [
  { name: 'nobody listens', begin: (wire) => wire.refuse() },
  { name: 'hangs', begin: (wire) => wire.hang() },
  { name: 'connections break, once', begin: (wire) => wire.cut() },
  { name: 'slow by 100 ms', begin: (wire) => wire.slow(100) },
];

const ADMIN_TOKEN = 'only-for-this-measurement';
const STORE = 'beirut';
/** Of the Arabic edition, in the file of the demo newsroom. */
const ARABIC = /^ {2}- code: ar$/m;

/** Fills `url` with the demo newsroom. */
const fill = async (url: string): Promise<void> => {
  const database = createPostgresDatabase({ url });
  await migrate(database, migrationsDirectory);
  const { editions } = loadConfig({ variables: {}, demoFile: demoConfigFile });
  await loadDemo(database, editions, systemClock);
  await database.close();
};

/** The real process, the Arabic edition in a store of its own. */
const startGateway = (londonUrl: string, beirutUrl: string): Promise<StartedMasthead> => {
  const newsroom = readFileSync(demoConfigFile, 'utf8').replace(ARABIC, `  - code: ar\n    store: ${STORE}`);
  // In a variable: an address holds a password.
  const stores = `stores:\n  ${STORE}:\n    kind: postgres\n    url: \${env.BEIRUT_URL}\n`;
  return startMasthead(
    {
      ADMIN_TOKEN,
      DATABASE_URL: londonUrl,
      BEIRUT_URL: beirutUrl,
      MASTHEAD_CONFIG: 'newsroom.yaml',
      STATEMENT_TIMEOUT_MS: '1000',
      PROBE_SECONDS: '0',
    },
    { files: { 'newsroom.yaml': `${newsroom}\n${stores}` } },
  );
};

interface Seen {
  readonly status: number;
  readonly milliseconds: number;
  readonly isOthersWhole: boolean;
  readonly isOwnWhole: boolean;
  readonly said: readonly string[];
}

interface EditionSeen {
  readonly code: string;
  readonly articles: { readonly nodes: readonly { readonly tags: readonly object[] | null }[] } | null;
}

let asked = 0;
/** A page over all editions that nobody has asked for before. */
const ask = async (url: string): Promise<Seen> => {
  asked += 1;
  const query = `query Faults${asked} { editions { code articles(first: 3) { nodes { headline tags { name } authors { name } } } } }`;
  const sentAt = performance.now();
  const response = await fetch(`${url}/graphql?${new URLSearchParams({ query }).toString()}`);
  const { data, errors = [] } = (await response.json()) as {
    readonly data?: { readonly editions: readonly EditionSeen[] };
    readonly errors?: readonly { readonly extensions: { readonly code: string; readonly store?: string } }[];
  };
  const isWhole = ({ articles }: EditionSeen): boolean =>
    articles?.nodes.length === 3 && articles.nodes.every(({ tags }) => tags !== null);
  const editions = data?.editions ?? [];
  return {
    status: response.status,
    milliseconds: performance.now() - sentAt,
    isOthersWhole: editions.filter(({ code }) => code !== 'AR').filter(isWhole).length === 2,
    isOwnWhole: editions.some((edition) => edition.code === 'AR' && isWhole(edition)),
    said: errors.map(({ extensions }) => `${extensions.code} ${extensions.store ?? ''}`),
  };
};

const callsOf = async (url: string): Promise<number> => {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  return (await response.text())
    .split('\n')
    .filter(
      (line) => line.startsWith(`masthead_store_calls_total{store="${STORE}"`) && !/outcome="(open|full)"/.test(line),
    )
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};

const readinessOf = async (url: string): Promise<string> => {
  const { stores } = (await (await fetch(`${url}/readyz`)).json()) as { readonly stores: Record<string, string> };
  return stores[STORE] ?? 'not named';
};

const countOf = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Lets the store of one edition fail in every way, one after the other, and tells what readers saw. */
export const measureFaults = async (options: MeasureOptions): Promise<readonly FaultRow[]> => {
  const { londonUrl, beirutUrl, faultMs, readers } = options;
  await Promise.all([fill(londonUrl), fill(beirutUrl)]);
  const wire = await startTcpProxy(beirutUrl);
  const gateway = await startGateway(londonUrl, wire.url);
  const untilWhole = async (): Promise<number> => {
    const from = performance.now();
    while (!(await ask(gateway.url)).isOwnWhole);
    return performance.now() - from;
  };
  const measure = async ({ name, begin }: Fault): Promise<FaultRow> => {
    await untilWhole();
    const before = await callsOf(gateway.url);
    const logFrom = gateway.log().length;
    await begin(wire);
    const end = performance.now() + faultMs;
    const seen: Seen[] = [];
    const read = async (): Promise<void> => {
      while (performance.now() < end) seen.push(await ask(gateway.url));
    };
    await Promise.all(Array.from({ length: readers }, read));
    const calls = (await callsOf(gateway.url)) - before;
    const readiness = await readinessOf(gateway.url);
    await wire.pass();
    const wholeAfterMs = await untilWhole();
    const log = gateway.log().slice(logFrom);
    const times = seen.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
    return {
      fault: name,
      answers: seen.length,
      refused: seen.filter(({ status }) => status !== 200).length,
      othersWhole: seen.filter(({ isOthersWhole }) => isOthersWhole).length,
      ownWhole: seen.filter(({ isOwnWhole }) => isOwnWhole).length,
      said: [...new Set(seen.flatMap(({ said }) => said))].toSorted(),
      medianMs: Math.round(times[Math.floor(times.length / 2)] ?? 0),
      slowestMs: Math.round(times.at(-1) ?? 0),
      calls,
      logged: [countOf(log, /a store is sick/g), countOf(log, /a store is well again/g)],
      readiness,
      wholeAfterMs: Math.round(wholeAfterMs),
    };
  };
  try {
    const rows: FaultRow[] = [];
    for (const fault of FAULTS) rows.push(await measure(fault));
    return rows;
  } finally {
    await gateway.end();
    await wire.close();
  }
};
