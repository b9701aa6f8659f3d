import type { FastifyReply } from 'fastify';
import { remember } from './remember.ts';

const namesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Names with commas between them by commas, each once. */
const eachOnce = remember((text) => [...new Set(namesIn(text))].join(', '));

/** Adds to what an answer depends on, beside what others said of it: an allowed origin, for one. */
export const varyBy = (reply: FastifyReply, ...names: readonly string[]): FastifyReply =>
  reply.header('vary', eachOnce(`${String(reply.getHeader('vary') ?? '')},${names.join(',')}`));
