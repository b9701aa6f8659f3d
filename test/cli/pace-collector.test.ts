import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const MODULE = resolve(import.meta.dirname, '../../src/cli/pace-collector.ts');

/** Lets go of 2 GB in pieces of 18 KB at once; prints how often everything that is kept was looked through meanwhile. */
const script = (isPaced: boolean): string => `
  import { PerformanceObserver, constants } from 'node:perf_hooks';
  import { paceCollector } from ${JSON.stringify(MODULE)};
  ${isPaced ? 'paceCollector();' : ''}
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

const countCollections = async (isPaced: boolean): Promise<number> => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script(isPaced)]);
  return (JSON.parse(stdout) as { collections: number }).collections;
};

describe('paceCollector', () => {
  it('has bodies that are let go of cleared away without looking through all that is kept', async () => {
    const [unpaced, paced] = [await countCollections(false), await countCollections(true)];
    expect({ unpaced, paced, isRare: paced < unpaced / 2 }).toMatchObject({ isRare: true });
  });
});
