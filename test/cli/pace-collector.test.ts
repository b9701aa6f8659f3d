import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { growingPercentOf, type ProcessMegabytes } from '../../src/cli/pace-collector.ts';

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

/** Makes 1.2 GB that live for a while beside 60 that stay; prints how often everything was looked through meanwhile. */
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
  for (let turn = 0; turn < 1_200; turn += 1) {
    living[turn % 60] = Array.from({ length: 10_000 }, (_, index) => ({ turn, index }));
    await new Promise((done) => setImmediate(done));
  }
  console.log(JSON.stringify({ collections, length: ballast.length + living.length }));
`;

/** With 96 MB kept. */
const BOUND_MEGABYTES = 340;

/** A process that `percentOf` lets grow beyond its bound, and beyond the least that any may grow. */
const findOvershoot = (percentOf: (megabytes: ProcessMegabytes) => number): ProcessMegabytes | undefined => {
  for (let resident = 100; resident <= 600; resident += 5)
    for (let used = 20; used < resident; used += 5) {
      const percent = percentOf({ resident, used });
      if (percent > 16 && resident + (used * percent) / 100 > BOUND_MEGABYTES) return { resident, used };
    }
  return undefined;
};

describe('growingPercentOf', () => {
  it('lets the heap of a large process grow by less, however much it was told to keep', () => {
    const percentsOf = (kept: number, residents: readonly number[]) =>
      residents.map((resident) => growingPercentOf({ resident, used: 100 }, kept));
    expect(percentsOf(96, [100, 280, 300, 330, 350])).toEqual([60, 60, 40, 16, 16]);
    expect(percentsOf(1_024, [350, 1_300])).toEqual([60, 16]);
  });

  it('lets no process grow beyond what it should take by more than a sixth of what it uses', () => {
    expect(findOvershoot((megabytes) => growingPercentOf(megabytes, 96))).toBeUndefined();
    // As it was once: beyond the bound by half of it, and the C library gave nothing back.
    const byOneStep = ({ resident }: ProcessMegabytes) => (resident > BOUND_MEGABYTES ? 16 : 60);
    expect(findOvershoot(byOneStep)).toBeDefined();
  });

  it('has a process that takes more than it should look through everything more often', async () => {
    const countOf = async (keptMegabytes: number): Promise<number> => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', largeScript(keptMegabytes)]);
      return (JSON.parse(stdout) as { collections: number }).collections;
    };
    // Nothing is small enough for the first.
    const [large, small] = [await countOf(-244), await countOf(4_096)];
    expect({ large, small, isOftener: large > small }).toMatchObject({ isOftener: true });
  }, 60_000);
});
