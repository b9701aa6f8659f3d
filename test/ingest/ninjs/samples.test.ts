import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it, type TestContext } from 'vitest';
import { readForeign, type ReadForeign } from '../../support/foreign-rig.ts';
import { sharedPath } from '../../support/shared.ts';

const VERSIONS = ['1.6', '2.1', '2.2', '3.0', '3.1'];

interface Sample {
  readonly name: string;
  readonly text: string;
}

/** The examples of the standard in `folder`, and in the folders in it; skips where they are absent. */
const readSamples = (test: Pick<TestContext, 'skip'>, folder: string): readonly Sample[] => {
  const root = sharedPath(test, `data/ninjs-samples/examples/${folder}`);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.json') && !name.endsWith('schema.json'),
  );
  return names.toSorted().map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
};

const readSample = ({ text }: Sample): Promise<ReadForeign> => readForeign(text, { edition: 'EN' });

/** How often each path has a value in `value`, by our own way of walking it. */
const countLeaves = (value: unknown, path: string, counts: Map<string, number>): Map<string, number> => {
  if (Array.isArray(value)) for (const one of value) countLeaves(one, `${path}[]`, counts);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) countLeaves(one, path === '' ? key : `${path}.${key}`, counts);
  else counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
};

/** What the samples cannot become, and why. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  '002_renditions_example.json': ['1: headlines: none, and no title either'],
  '008_event.json': ['1: type: an event is no article'],
  '20231004-UEFA-ChampionLeague.json': ['1: type: an event is no article'],
  '20231005-65-addb-event.json': ['1: type: an event is no article'],
  '20231016-addb-example-press-conference.json': ['1: versionCreated: missing, and no other date of it either'],
  'simpleEvent.json': ['1: type: an event is no article'],
  'tt_event_pressconference_3.0.json': ['1: type: an event is no article'],
};

describe.each(VERSIONS)('the examples of ninjs %s', (version) => {
  it('are taken, or left out for a reason', async (test) => {
    const samples = readSamples(test, version);
    expect(samples.length).toBeGreaterThanOrEqual(7);
    const single = samples.filter(({ name }) => !name.startsWith('collection'));
    const read = await Promise.all(single.map(async (sample) => [sample.name, await readSample(sample)] as const));
    expect(read.map(([name, { bad, articles }]) => [name, bad, articles.length])).toEqual(
      single.map(({ name }) => [name, LEFT_OUT[name] ?? [], name in LEFT_OUT ? 0 : 1]),
    );
  });

  it('show every picture, film and sound that is said to be shown', async (test) => {
    for (const sample of readSamples(test, version)) {
      const { articles, fields, bad } = await readSample(sample);
      if (bad.length > 0) continue;
      const said = fields.mapped.filter(
        ({ field }) => field.endsWith('renditions[].href') || /renditions\..*\.href$/.test(field),
      );
      const told = said.reduce((sum, { count }) => sum + count, 0);
      const shown = new Set(JSON.stringify(articles).match(/"url":"[^"]+"|src=\\"[^"]+"/g));
      expect({ [sample.name]: told <= shown.size }).toEqual({ [sample.name]: true });
    }
  });

  it('lose no value without a word', async (test) => {
    for (const sample of readSamples(test, version)) {
      const { fields } = await readSample(sample);
      const value = JSON.parse(sample.text) as unknown;
      const expected = new Map<string, number>();
      for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) countLeaves(item, '', expected);
      const reported = new Map<string, number>();
      for (const { field, count } of [...fields.mapped, ...fields.dropped, ...fields.leftOut])
        reported.set(field, (reported.get(field) ?? 0) + count);
      expect({ [sample.name]: Object.fromEntries(reported) }).toEqual({ [sample.name]: Object.fromEntries(expected) });
    }
  });
});

describe('the example of a collection', () => {
  it('is an array of events, each left out by its number', async (test) => {
    const [sample] = readSamples(test, '3.0/collection');
    const { bad } = await readSample(sample as Sample);
    expect(bad).toHaveLength(14);
    expect(bad.at(-1)).toBe('14: type: an event is no article');
  });
});

describe('what is not valid', () => {
  it('gets a clear error, and its embargo is not overlooked', async (test) => {
    const [sample] = readSamples(test, 'not-valid');
    expect((await readSample(sample as Sample)).bad).toEqual(['1: headlines: none, and no title either']);
    const value = { ...(JSON.parse((sample as Sample).text) as object), title: 'A nomination' };
    const { articles } = await readForeign(JSON.stringify(value), { edition: 'EN' });
    expect(articles[0]?.rights.embargoedUntil).toBe(Date.UTC(2013, 6, 9, 14));
  });
});

describe('the standard’s own schema', () => {
  const validatorOf = (test: Pick<TestContext, 'skip'>, version: string): ValidateFunction => {
    const ajv = new Ajv2020({ strict: false });
    (formats as unknown as (ajv: Ajv2020) => void)(ajv);
    // Nothing goes to the network.
    ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json' });
    const file = sharedPath(test, `data/schemas/ninjs/ninjs-schema_${version}.json`);
    return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  };

  it('accepts most of what we take, and refuses what it says is not valid', (test) => {
    const validate = validatorOf(test, '3.1');
    const accepted = readSamples(test, '3.1').filter(({ text }) => validate(JSON.parse(text)));
    expect(accepted.length).toBeGreaterThanOrEqual(6);
    const [invalid] = readSamples(test, 'not-valid');
    expect(validate(JSON.parse((invalid as Sample).text))).toBe(false);
  });
});
