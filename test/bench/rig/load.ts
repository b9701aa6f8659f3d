import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { findProgram } from '../../../scripts/find-programs.ts';

/** A request as it is sent, again and again. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What one round of load saw. */
export interface Round {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of an answer, headers included. */
  readonly bytes: number;
  /** Answers that were neither 2xx nor 304, and connections that failed. */
  readonly failures: number;
}

/** Each sends its next request when it has its answer. */
export const CONNECTIONS = 32;
/** wrk takes what lasts longer than two seconds for a failure unless told otherwise: a gateway says itself what has taken too long. */
const PATIENCE = '30s';
const run = promisify(execFile);
const wrk = findProgram(['wrk']);

/** The program that makes the load: wrk where it is installed, for it takes a fifth of the CPU. */
export const loadProgram = wrk === undefined ? 'autocannon' : 'wrk';

const writeRaw = ({ method, path, headers, body = '' }: BenchRequest, port: number): string =>
  [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(method === 'POST' ? [`content-length: ${Buffer.byteLength(body)}`] : []),
    '',
    body,
  ].join('\r\n');

/** Requests one after the other, parted by a zero byte; figures on the last line, as JSON. */
const scriptOf = (file: string): string => `
local requests, place = {}, 0
for text in io.open("${file}", "rb"):read("*a"):gmatch("[^%z]+") do requests[#requests + 1] = text end
request = function() place = place % #requests + 1; return requests[place] end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"requests":%d,"bytes":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"failures":%d}',
    summary.requests, summary.bytes, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end`;

const runWrk = async (program: string, port: number, requests: readonly BenchRequest[], seconds: number) => {
  const directory = mkdtempSync(join(tmpdir(), 'masthead-bench-'));
  try {
    const file = join(directory, 'requests');
    const script = join(directory, 'script.lua');
    writeFileSync(file, requests.map((request) => writeRaw(request, port)).join('\0'));
    writeFileSync(script, scriptOf(file));
    const shape = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', PATIENCE];
    const { stdout } = await run(program, [...shape, '-s', script, `http://127.0.0.1:${port}/`]);
    const told = JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as Record<string, number>;
    const { requests: count = 0, bytes = 0, seconds: taken = 1, p50 = 0, p99 = 0, failures = 0 } = told;
    return { perSecond: count / taken, requests: count, bytes: bytes / count, p50Ms: p50, p99Ms: p99, failures };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const runAutocannon = async (port: number, requests: readonly BenchRequest[], seconds: number): Promise<Round> => {
  let connection = 0;
  const sent = requests.map(({ body, ...request }) => (body === undefined ? request : { ...request, body }));
  const told = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
    duration: seconds,
    requests: sent,
    // Each begins at the first by itself: what nobody is to have asked for would be asked for by all of them.
    setupClient: (client) => {
      const own = sent.filter((_, place) => place % CONNECTIONS === connection);
      connection += 1;
      if (own.length > 0) client.setRequests(own);
    },
  });
  const { requests: count, latency, throughput, errors, timeouts } = told;
  const failures = told['4xx'] + told['5xx'] + errors + timeouts;
  const bytes = throughput.total / count.total;
  return { perSecond: count.average, requests: count.total, bytes, p50Ms: latency.p50, p99Ms: latency.p99, failures };
};

/** Sends `requests` in turn over 32 connections for `seconds`, each connection waiting for its answer. */
export const runLoad = (port: number, requests: readonly BenchRequest[], seconds: number): Promise<Round> =>
  wrk === undefined ? runAutocannon(port, requests, seconds) : runWrk(wrk, port, requests, seconds);
