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

  it('remembers neither more than some hundreds nor what is long', () => {
    const { ask, worked } = counted();
    for (let count = 0; count < 1_000; count += 1) expect(ask(`x${count}`)).toBe(`X${count}`);
    const long = 'y'.repeat(257);
    for (let time = 0; time < 2; time += 1) {
      worked.length = 0;
      expect([ask('x0'), ask('x999'), ask(long)]).toEqual(['X0', 'X999', long.toUpperCase()]);
      expect(worked).toEqual(['x999', long]);
    }
  });
});
