import { describe, expect, it } from 'vitest';
import { createAccessLog, type RequestRecord } from '../../src/telemetry/access-log.ts';
import type { Logger } from '../../src/telemetry/logger.ts';

const RECORD: RequestRecord = {
  requestId: '1',
  address: '203.0.113.7',
  method: 'GET',
  route: '/graphql',
  status: 200,
  milliseconds: 1.5,
};

const logAt = (level: 'debug' | 'info' | 'warn', sampleEvery: number) => {
  const levels = ['debug', 'info', 'warn'];
  const lines: unknown[] = [];
  const write = (at: string) => (fields: object, message: string) => lines.push({ level: at, message, ...fields });
  const logger = {
    debug: write('debug'),
    info: write('info'),
    isLevelEnabled: (asked: string) => levels.indexOf(asked) >= levels.indexOf(level),
  } as unknown as Logger;
  const log = createAccessLog({ logger, sampleEvery });
  let described = 0;
  const tell = (times: number): void => {
    for (let time = 0; time < times; time += 1)
      log.tell(() => {
        described += 1;
        return RECORD;
      });
  };
  return { lines, tell, described: () => described };
};

describe('createAccessLog', () => {
  it('tells of every request at debug', () => {
    const { lines, tell } = logAt('debug', 0);
    tell(2);
    expect(lines).toEqual([1, 2].map(() => ({ level: 'debug', message: 'request', ...RECORD })));
  });

  it('tells of one in so many at info', () => {
    const { lines, tell, described } = logAt('info', 10);
    tell(35);
    expect(lines).toEqual([1, 2, 3].map(() => ({ level: 'info', message: 'request', ...RECORD })));
    expect(described()).toBe(3);
  });

  it('tells of each once, sampled or not', () => {
    const { lines, tell } = logAt('debug', 2);
    tell(4);
    expect(lines.map((line) => (line as { level: string }).level)).toEqual(['debug', 'info', 'debug', 'info']);
  });

  it.each([
    ['info', 0],
    ['warn', 0],
    ['warn', 1],
  ] as const)('puts nothing together at %s, one in %i', (level, sampleEvery) => {
    const { lines, tell, described } = logAt(level, sampleEvery);
    tell(20);
    expect([lines, described()]).toEqual([[], 0]);
  });
});
