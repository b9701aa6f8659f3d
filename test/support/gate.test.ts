import { describe, expect, it } from 'vitest';
import { createGate } from './gate.ts';

describe('createGate', () => {
  it('holds whoever comes until it is opened', async () => {
    const gate = createGate();
    const order: string[] = [];
    const walker = async (): Promise<void> => {
      order.push('arrives');
      await gate.pass();
      order.push('is through');
    };

    const walk = walker();
    await gate.reached;
    order.push('the test acts');
    gate.open();
    await walk;

    expect(order).toEqual(['arrives', 'the test acts', 'is through']);
  });

  it('is not reached before somebody stands at it', async () => {
    const gate = createGate();
    gate.open();
    const first = await Promise.race([gate.reached.then(() => 'reached'), Promise.resolve('nobody came')]);
    expect(first).toBe('nobody came');
  });

  it('lets through everybody who waits and everybody who comes later', async () => {
    const gate = createGate();
    const waiting = [gate.pass(), gate.pass()];
    gate.open();
    await expect(Promise.all([...waiting, gate.pass()])).resolves.toHaveLength(3);
  });
});
