import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { newsroomJsonSchema } from '../../src/config/newsroom-json-schema.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { yamlOf } from '../support/yaml-of.ts';

const FILE = join(PROJECT_ROOT, 'docs/newsroom.schema.json');

const createValidator = () => {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv.compile(newsroomJsonSchema());
};

/** What an editor says of a file with this text. */
const judge = (text: string): string => {
  const validate = createValidator();
  return validate(parse(text)) ? 'fine' : JSON.stringify(validate.errors);
};

const EDITION = '{ code: EN, name: News, language: en, timeZone: UTC }';

describe('docs/newsroom.schema.json', () => {
  it('is what the gateway checks its file against (UPDATE_SCHEMA=1 writes it anew)', () => {
    const text = `${JSON.stringify(newsroomJsonSchema(), null, 2)}\n`;
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it('takes the demo newsroom, which names it for editors', () => {
    const text = readFileSync(demoConfigFile, 'utf8');
    expect(judge(text)).toBe('fine');
    const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text) ?? [];
    expect(join(demoConfigFile, '..', named)).toBe(FILE);
  });

  it.each(['docs/configuration.md', 'docs/stores/graphql.md'])('takes every whole example of %s', (guide) => {
    const examples = yamlOf(guide).filter((text) => /^editions:/m.test(text));
    expect(examples).not.toEqual([]);
    for (const example of examples) expect(judge(example)).toBe('fine');
  });

  it('takes a variable of the environment wherever a value stands', () => {
    const store = 'kind: wordpress\n    url: ${env.SITE}\n    sweepSeconds: ${env.SWEEP}';
    expect(judge(`stores:\n  desk:\n    ${store}\neditions: [${EDITION}]`)).toBe('fine');
    expect(judge(`stores:\n  desk:\n    ${store.replace('${env.SWEEP}', 'often')}\neditions: [${EDITION}]`)).not.toBe(
      'fine',
    );
  });

  it.each([
    `editions: [${EDITION}]\ntheme: dark`,
    'editions: []',
    `editions: [${EDITION.replace('EN', 'XX')}]`,
    `editions: [${EDITION.replace('language: en,', '')}]`,
    `stores: { desk: { kind: drupal } }\neditions: [${EDITION}]`,
    `stores: { Desk: { kind: postgres, url: x } }\neditions: [${EDITION}]`,
    `stores: { desk: { kind: wordpress, url: 'https://x.example', pasword: x } }\neditions: [${EDITION}]`,
  ])('refuses what the gateway refuses: %s', (text) => {
    expect(judge(text)).not.toBe('fine');
  });
});
