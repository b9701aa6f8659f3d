import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/load.ts';
import { createTestConfig } from '../support/test-app.ts';

const problemsOf = (variables: Readonly<Record<string, string>>): readonly string[] => {
  try {
    createTestConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the settings of a CDN', () => {
  it('take an address with a user and password', () => {
    const { environment } = createTestConfig({ CDN_PURGE_URL: 'https://desk:pass@cdn.example/purge' });
    expect(environment).toMatchObject({ CDN_PURGE_URL: 'https://desk:pass@cdn.example/purge', CDN_PURGE_KEYS: 256 });
  });

  it('are refused by name and never repeated', () => {
    const problems = problemsOf({
      CDN_PURGE_URL: 'ftp://desk:s3cret@cdn.example',
      CDN_PURGE_TOKEN: 's3cret with\nbreaks',
      CDN_PURGE_KEYS: '257',
    });
    expect(problems.map((problem) => problem.split(':')[0] ?? '').toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'CDN_PURGE_KEYS',
      'CDN_PURGE_TOKEN',
      'CDN_PURGE_URL',
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });
});
