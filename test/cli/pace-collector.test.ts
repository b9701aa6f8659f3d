import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { growingPercentOf } from '../../src/cli/pace-collector.ts';

const run = promisify(execFile);
const MODULE = resolve(import.meta.dirname, '../../src/cli/pace-collector.ts');

/**
 * Keeps forty thousand small pages, as memory fills, then makes as many of them for nobody as a minute of readers asks for; prints how
 * many bytes of those are still there when young objects have been collected twice.
 */
const fillScript = (isPaced: boolean): string => `
  import { paceCollector } from ${JSON.stringify(MODULE)};
  ${isPaced ? 'paceCollector({ keptMegabytes: 96 });' : ''}
  class Row { constructor(words) { this.words = words; } }
  const makePage = (number) => {
    const rows = [];
    rows.push(new Row(Array.from({ length: 100 }, (_, place) => [place + number])));
    return rows;
  };
  const make = async (turns, use) => {
    for (let turn = 0; turn < turns; turn += 1) {
      for (let count = 0; count < 100; count += 1) use(makePage(count));
      await new Promise((done) => setImmediate(done));
    }
  };
  const kept = [];
  await make(400, (page) => kept.push(page));
  gc();
  const before = process.memoryUsage().heapUsed;
  let sum = 0;
  await make(100, (page) => (sum += page.length));
  for (let collections = 0; collections < 2; collections += 1) gc({ type: 'minor' });
  console.log(JSON.stringify({ left: process.memoryUsage().heapUsed - before, kept: kept.length, sum }));
`;

/** Lets go of 2 GB in pieces of 18 KB at once; prints how often everything that is kept was looked through meanwhile. */
const script = (isPaced: boolean): string => `
  import { PerformanceObserver, constants } from 'node:perf_hooks';
  import { paceCollector } from ${JSON.stringify(MODULE)};
  ${isPaced ? 'paceCollector({ keptMegabytes: 96 });' : ''}
  let collections = 0;
  new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections += 1;
  }).observe({ entryTypes: ['gc'] });
  let length = 0;
  for (let turn = 0; turn < 2_000; turn += 1) {
    for (let piece = 0; piece < 60; piece += 1) length += Buffer.allocUnsafeSlow(18_000).length;
    await new Promise((done) => setImmediate(done));
  }
  console.log(JSON.stringify({ collections, length }));
`;

const measureLeft = async (isPaced: boolean): Promise<number> => {
  const { stdout } = await run(process.execPath, ['--expose-gc', '--input-type=module', '--eval', fillScript(isPaced)]);
  return (JSON.parse(stdout) as { left: number }).left;
};

const countCollections = async (isPaced: boolean): Promise<number> => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script(isPaced)]);
  return (JSON.parse(stdout) as { collections: number }).collections;
};

describe('paceCollector', () => {
  it('has bodies that are let go of cleared away without looking through all that is kept', async () => {
    const [unpaced, paced] = [await countCollections(false), await countCollections(true)];
    expect({ unpaced, paced, isRare: paced < unpaced / 2 }).toMatchObject({ isRare: true });
  });

  it('has pages die young that are made by the lines that made those that are kept', async () => {
    const MEGABYTE = 2 ** 20;
    const [unpaced, paced] = [await measureLeft(false), await measureLeft(true)];
    expect({ unpaced, paced, isLeft: unpaced > 10 * MEGABYTE, isGone: paced < MEGABYTE }).toMatchObject({
      isLeft: true,
      isGone: true,
    });
  });
});

/** Makes 2 GB that live for a while beside 60 that stay; prints how often everything was looked through meanwhile. */
const largeScript = (keptMegabytes: number): string => `
  import { PerformanceObserver, constants } from 'node:perf_hooks';
  import { paceCollector } from ${JSON.stringify(MODULE)};
  const ballast = Buffer.alloc(60_000_000, 1);
  paceCollector({ keptMegabytes: ${keptMegabytes} });
  let collections = 0;
  new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections += 1;
  }).observe({ entryTypes: ['gc'] });
  const living = [];
  for (let turn = 0; turn < 2_000; turn += 1) {
    living[turn % 60] = Array.from({ length: 10_000 }, (_, index) => ({ turn, index }));
    await new Promise((done) => setImmediate(done));
  }
  console.log(JSON.stringify({ collections, length: ballast.length + living.length }));
`;

describe('growingPercentOf', () => {
  it('lets the heap of a large process grow by less, however much it was told to keep', () => {
    expect([300, 350].map((resident) => growingPercentOf(resident, 96))).toEqual([60, 12]);
    expect([350, 1_300].map((resident) => growingPercentOf(resident, 1_024))).toEqual([60, 12]);
  });

  it('has a process that takes more than it should look through everything more often', async () => {
    const countOf = async (keptMegabytes: number): Promise<number> => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', largeScript(keptMegabytes)]);
      return (JSON.parse(stdout) as { collections: number }).collections;
    };
    // Nothing is small enough for the first.
    const [large, small] = [await countOf(-244), await countOf(4_096)];
    expect({ large, small, isOftener: large > small }).toMatchObject({ isOftener: true });
  });
});
