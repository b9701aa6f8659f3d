import { applyBadBuild } from './bad-builds/apply-bad-build.ts';

/** What the driver may do to a gateway's sense of time. */
export type ClockOrder =
  /** The wall clock is set: forwards or back. */
  | { readonly jumpMs: number }
  /** The machine sleeps: everything stops, the wall clock goes on, the monotonic clock does not. */
  | { readonly sleepMs: number };

const badBuild = process.env['CONSISTENCY_BAD_BUILD'];
if (badBuild !== undefined && badBuild !== '') applyBadBuild(badBuild);

let wallOffsetMs = 0;
let sleptMs = 0;
const realNow = Date.now.bind(Date);
const realMonotonic = performance.now.bind(performance);

/** `Date` with a clock that can be set. */
class SetDate extends Date {
  constructor(...values: readonly unknown[]) {
    // Whatever was given is what `Date` takes; nothing is the present.
    super(...((values.length === 0 ? [SetDate.now()] : values) as [number]));
  }
  static override now(): number {
    return realNow() + wallOffsetMs;
  }
}
globalThis.Date = SetDate as DateConstructor;
performance.now = () => realMonotonic() - sleptMs;

process.on('message', (order: ClockOrder) => {
  if ('jumpMs' in order) {
    wallOffsetMs += order.jumpMs;
    return;
  }
  // In one turn: nothing of this process runs between falling asleep and the clock that stood still.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, order.sleepMs);
  sleptMs += order.sleepMs;
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
