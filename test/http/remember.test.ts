import { describe, expect, it } from 'vitest';
import { remember } from '../../src/http/remember.ts';

describe('remember', () => {
  const counted = () => {
    const worked: string[] = [];
    const ask = remember((text) => {
      worked.push(text);
      return text.toUpperCase();
    });
    return { ask, worked };
  };

  it('works once for each text, and gives what belongs to it', () => {
    const { ask, worked } = counted();
    expect(['a', 'b', 'a', '', ''].map(ask)).toEqual(['A', 'B', 'A', '', '']);
    expect(worked).toEqual(['a', 'b', '']);
  });

  it('remembers that there is nothing too', () => {
    const worked: string[] = [];
    const ask = remember((text): undefined => void worked.push(text));
    expect([ask('a'), ask('a'), worked]).toEqual([undefined, undefined, ['a']]);
  });

  it('remembers neither more than some hundreds nor what is long', () => {
    const { ask, worked } = counted();
    for (let count = 0; count < 1_000; count += 1) expect(ask(`x${count}`)).toBe(`X${count}`);
    worked.length = 0;
    for (let count = 0; count < 1_000; count += 1) ask(`x${999 - count}`);
    expect(worked.length).toBeGreaterThan(480);
    const long = 'y'.repeat(257);
    worked.length = 0;
    expect([ask(long), ask(long), worked]).toEqual([long.toUpperCase(), long.toUpperCase(), [long, long]]);
  });

  it('goes on to know what comes often, and learns what begins to, however many come that nobody has sent before', () => {
    const { ask, worked } = counted();
    ask('old');
    for (let count = 0; count < 10_000; count += 1) {
      ask(`x${count}`);
      if (count % 100 === 0) ask('old');
      if (count > 5_000 && count % 100 === 50) ask('new');
    }
    expect(worked.filter((text) => !text.startsWith('x'))).toEqual(['old', 'new']);
  });
});
