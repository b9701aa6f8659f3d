import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { importJsonSchema } from '../../src/ingest/import-json-schema.ts';
import { PROJECT_ROOT } from '../support/shared.ts';

const FILE = join(PROJECT_ROOT, 'docs/import.schema.json');
const GUIDE = join(PROJECT_ROOT, 'docs/import.md');

const createValidator = () => {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv.compile(importJsonSchema());
};

/** Lines of the guide's examples: what stands in its `ndjson` fences. */
const examples = (): readonly string[] =>
  [...readFileSync(GUIDE, 'utf8').matchAll(/^```ndjson\n(.*?)^```/gms)].flatMap(([, body = '']) =>
    body.trim().split('\n'),
  );

describe('docs/import.schema.json', () => {
  it('is what the importer checks lines against (UPDATE_SCHEMA=1 writes it anew)', () => {
    const text = `${JSON.stringify(importJsonSchema(), null, 2)}\n`;
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it('accepts every example of the guide', () => {
    const validate = createValidator();
    expect(examples().length).toBeGreaterThanOrEqual(5);
    for (const line of examples())
      expect(validate(JSON.parse(line)), `${line}: ${JSON.stringify(validate.errors)}`).toBe(true);
  });

  it('refuses what the importer refuses: a missing headline, an unknown field', () => {
    const validate = createValidator();
    const article = {
      sourceId: '1',
      edition: 'en',
      slug: 'a',
      headline: 'A',
      publishedAt: '2026-11-20T08:00:00Z',
      section: 'news',
    };
    expect(validate(article)).toBe(true);
    expect(validate({ ...article, headline: undefined })).toBe(false);
    expect(validate({ ...article, headlin: 'x' })).toBe(false);
  });
});
