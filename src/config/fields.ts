import { z } from 'zod';
import { createSecret } from './secret.ts';

/** Words of one line. */
export const text = z.string().trim().min(1).max(500);

/** Breaks of lines and pages, controls of terminals, and those that turn the direction of what stands behind them. */
const UNPRINTED = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** What somebody is called, in lists and tables: words of one line that stays what it is wherever it is printed. */
export const label = text.refine((words) => !UNPRINTED.test(words), 'must be one line, without control characters');

/** A text that is never shown again. */
export const secret = z.string().trim().min(1).max(4_000).transform(createSecret);

/** What a timer holds; beyond it fires at once. */
const TIMER_LIMIT_MS = 2_147_483_647;

/** A number as YAML has it, or as a variable of the environment has it. */
export const whole = z.coerce.number('must be a whole number').int('must be a whole number');
export const count = whole.positive();
/** `true` or `false`, as a variable of the environment has it. */
export const truth = z.enum(['true', 'false'], 'must be true or false').transform((word) => word === 'true');
export const seconds = whole.nonnegative().max(Math.floor(TIMER_LIMIT_MS / 1000) - 60);
export const milliseconds = whole.positive().max(TIMER_LIMIT_MS);
