import { describe, expect, it } from 'vitest';
import { worstOf } from '../../src/http/part-state.ts';

describe('worstOf', () => {
  it('names every part, each as it looks to whom it looks worst', () => {
    expect(
      worstOf({ main: 'ok', desk: 'building' }, { main: 'failed', desk: 'ok' }, { main: 'ok', redis: 'ok' }),
    ).toEqual({ main: 'failed', desk: 'building', redis: 'ok' });
  });
});
