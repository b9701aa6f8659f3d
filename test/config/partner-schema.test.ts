import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'masthead-partners-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'newsroom.yaml');

const read = (text: string) => {
  writeFileSync(file, `editions: [{ code: en, name: One, language: en, locale: en-GB, timeZone: UTC }]\n${text}`);
  return loadConfig({ variables: { MASTHEAD_CONFIG: file, LOG_LEVEL: 'silent' }, demoFile: file });
};
const problems = (text: string): readonly string[] => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.replace(`${file}: `, ''));
  }
  return [];
};

describe('plans and partners of a configuration file', () => {
  it('are read with their defaults, in one spelling', () => {
    const { plans, partners } = read(`
plans:
  whole: { syndication: FULL }
  some:
    editions: [en, AR]
    sections: { en: [/news/politics/, sport] }
    kinds: [NEWS]
    syndication: EXCERPT
    embargoed: true
    budget: { capacity: 10, refillPerMinute: 5 }
partners:
  radio: { name: Radio One, plan: some, expires: '2027-01-01T00:00:00+02:00', addresses: [203.0.113.0/24] }
  desk: { plan: whole }
`);
    expect(plans).toEqual({
      whole: { editions: null, sections: null, kinds: null, syndication: 'FULL', embargoed: false, budget: null },
      some: {
        editions: ['EN', 'AR'],
        sections: { EN: ['news/politics', 'sport'] },
        kinds: ['NEWS'],
        syndication: 'EXCERPT',
        embargoed: true,
        budget: { capacity: 10, refillPerMinute: 5 },
      },
    });
    expect(partners).toEqual([
      {
        id: 'radio',
        name: 'Radio One',
        plan: 'some',
        expiresAt: Date.UTC(2026, 11, 31, 22),
        addresses: ['203.0.113.0/24'],
      },
      { id: 'desk', name: 'desk', plan: 'whole', expiresAt: null, addresses: [] },
    ]);
  });

  it.each([
    ['plans: { a: {} }', 'plans.a.syndication'],
    ['plans: { a: { syndication: SOME } }', 'plans.a.syndication'],
    ['plans: { A: { syndication: FULL } }', 'plans.A: must be a small letter'],
    ['plans: { a: { syndication: FULL, editions: [] } }', 'plans.a.editions'],
    ['plans: { a: { syndication: FULL, editions: [fr] } }', 'plans.a.editions.0: must be one of EN, AR, ES'],
    ['plans: { a: { syndication: FULL, kinds: [POEM] } }', 'plans.a.kinds.0'],
    ['plans: { a: { syndication: FULL, sections: { en: [news] } } }', 'plans.a.editions: must name the editions'],
    [
      'plans: { a: { syndication: FULL, editions: [ar], sections: { en: [news] } } }',
      'plans.a.sections: has an edition',
    ],
    ['plans: { a: { syndication: FULL, editions: [en], sections: { en: [] } } }', 'plans.a.sections'],
    [
      'plans: { a: { syndication: FULL, editions: [en], sections: { en: [news], EN: [sport] } } }',
      'plans.a.sections: has an edition twice, in two spellings',
    ],
    ['plans: { a: { syndication: FULL, editions: [en], sections: { en: [/] } } }', 'plans.a.sections'],
    ['plans: { a: { syndication: FULL, embargo: true } }', 'plans.a'],
    ['plans: { a: { syndication: FULL, budget: { capacity: 0, refillPerMinute: 1 } } }', 'plans.a.budget.capacity'],
    ['partners: { one: { plan: lost } }', 'partners.one.plan: is none of "plans"'],
    ['plans: { a: { syndication: FULL } }\npartners: { one: { plan: a, expires: soon } }', 'partners.one.expires'],
    ['plans: { a: { syndication: FULL } }\npartners: { one: { plan: a, addresses: [x] } }', 'partners.one.addresses.0'],
    [
      'plans: { a: { syndication: FULL } }\npartners: { one: { plan: a, name: "Radio\\nTwo" } }',
      'partners.one.name: must be one line',
    ],
    [
      'plans: { a: { syndication: FULL } }\npartners: { one: { plan: a, name: "\\u202Eoidar" } }',
      'partners.one.name: must be one line',
    ],
    [
      'plans: { a: { syndication: FULL } }\npartners: { one: { plan: a, name: Two }, two: { plan: a } }',
      'partners.two.name: is what another partner is called',
    ],
  ])('are refused: %s', (text, problem) => {
    const said = problems(text);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(problem);
  });
});
