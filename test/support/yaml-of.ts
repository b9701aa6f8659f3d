import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './shared.ts';

/** The YAML of a guide, a text for each of its fences. */
export const yamlOf = (guide: string): readonly string[] =>
  [...readFileSync(join(PROJECT_ROOT, guide), 'utf8').matchAll(/^```yaml\n(.*?)^```/gms)].map(([, body = '']) => body);
