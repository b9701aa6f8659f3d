import { resolve } from 'node:path';

/** Where the migrations of the content tables lie. */
export const migrationsDirectory = resolve(import.meta.dirname, 'migrations');
