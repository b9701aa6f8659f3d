import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The schema that every server here serves. */
export const typeDefinitions = readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8');

/** How long what is kept lives: longer than a run takes. */
export const MAX_AGE_SECONDS = 3_600;

/** Whether this process was asked to keep answers. */
export const isKeeping = process.argv[2] === 'cache';

/** Where to listen. */
export const port = Number(process.env['PORT']);
